import type { Locator } from "@playwright/test"
import { isThere } from "../interop/program.ts"
import type { App } from "./app.ts"
import { expectNothingFound } from "./axe.ts"
import { test as base, expect, passphrase, startWith } from "./fixture.ts"
import { addSoftToken, pullOut, type SoftTokens, softTokens } from "./soft-tokens.ts"
import { emptyVault } from "./vault-plan.ts"

const workPin = "246810"
const sparePin = "135791"

/** The app with an open vault, in Settings, and SoftHSM with the tokens `work` and `spare`, of which the first holds the keyring `far`. */
const test = base.extend<{ readonly settings: App; readonly tokens: SoftTokens }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter
  tokens: async ({}, provide) => {
    const tokens = softTokens()
    addSoftToken(tokens, "work", workPin)
    addSoftToken(tokens, "spare", sparePin)
    await provide(tokens)
  },
  settings: async ({ tokens }, provide) => {
    const started = await startWith(emptyVault, { environment: tokens })
    await started.unlock(passphrase)
    await started.go("Settings")
    await started.button("New keyring…").click()
    await started.field("Name of the keyring").fill("far")
    await started.page.getByLabel("Held by a token").check()
    await started.tokens.choose("work", workPin)
    await started.button("Create keyring").click()
    await expect(keyring(started)).toContainText("no keys, held by 1 token, key-encryption key 1")
    await provide(started)
    await started.close()
  },
})

test.skip(!isThere("softhsm2-util"), "SoftHSM 2 is missing: apt-get install -y softhsm2")

function keyring(app: App, name = "far"): Locator {
  return app.page.getByRole("group", { name: `Keyring ${name}` })
}

function holder(app: App, token: string): Locator {
  return keyring(app).getByRole("group", { name: `Token ${token}` })
}

async function enrolSpare(app: App): Promise<void> {
  await keyring(app).getByRole("button", { name: "Enrol a token…" }).click()
  expect(await app.choices("Token"), "what holds it already is left out").toEqual([expect.stringMatching(/^spare /)])
  await app.tokens.choose("spare", sparePin)
  await app.button("Enrol the token").click()
  await expect(keyring(app)).toContainText("held by 2 tokens")
}

async function lockAndComeBack(app: App): Promise<void> {
  await app.lock()
  await app.unlock(passphrase)
  await app.go("Settings")
}

async function beginRotation(app: App): Promise<void> {
  await keyring(app).getByRole("button", { name: "Rotate…" }).click()
  await app.button("Rotate the keyring").click()
}

test("a second token is enrolled for a keyring, and holds it alone once the first is withdrawn", async ({
  settings,
}) => {
  await expect(holder(settings, "work").getByRole("button")).toBeDisabled()
  await enrolSpare(settings)
  await expect(holder(settings, "work")).toContainText(/serial number \w+ ● there/)
  await settings.button("Withdraw: Token work").click()
  await expect(settings.dialog("Withdraw work")).toContainText("What is left that opens it: spare ● there.")
  await expect(settings.button("Withdraw the token")).toBeDisabled()
  await settings.field("Type the keyring's name: far").fill("far")
  await settings.button("Withdraw the token").click()
  await expect(holder(settings, "work")).toHaveCount(0)
  await expect(holder(settings, "spare").getByRole("button")).toBeDisabled()
  await lockAndComeBack(settings)
  await beginRotation(settings)
  await expect(settings.dialog("PIN of the token")).toContainText("Token: spare")
  await settings.tokens.typePin(sparePin)
  await expect(keyring(settings)).toContainText("key-encryption key 2")
})

test("the palette leads to what is done to a keyring, and withdraws no last token", async ({ settings }) => {
  await settings.command("enrol far", "Enrol a token: far")
  await settings.tokens.choose("spare", sparePin)
  await settings.button("Enrol the token").click()
  await expect(keyring(settings)).toContainText("held by 2 tokens")
  await settings.command("withdraw spare", "Withdraw spare: far")
  await settings.field("Type the keyring's name: far").fill("far")
  await settings.button("Withdraw the token").click()
  await expect(keyring(settings)).toContainText("held by 1 token")
  await settings.page.keyboard.press("Control+k")
  await settings.page.keyboard.type("withdraw")
  await expect(settings.page.getByRole("listbox")).toContainText("Nothing of that name.")
})

test("of two tokens that hold a keyring it is chosen whose PIN is typed", async ({ settings }) => {
  await enrolSpare(settings)
  await lockAndComeBack(settings)
  await beginRotation(settings)
  await expectNothingFound(settings, "which token", "light")
  await settings.pick("spare")
  await settings.tokens.typePin(sparePin)
  await expect(keyring(settings)).toContainText("key-encryption key 2")
})

test("a token that is away shows as that, and the keyring is not rotated without it", async ({ settings, tokens }) => {
  pullOut(tokens)
  await lockAndComeBack(settings)
  await expect(holder(settings, "work")).toContainText("○ not there")
  await beginRotation(settings)
  await expect(settings.page.getByRole("alert")).toContainText("keyring far: token work")
  await settings.button("Cancel").click()
  await expect(keyring(settings)).toContainText("key-encryption key 1")
})

test("the vault's own keyring is rotated as it is", async ({ settings }) => {
  const own = keyring(settings, "personal")
  await expect(own).toContainText("held by the vault itself")
  await expect(own.getByRole("button", { name: "Enrol a token…" })).toHaveCount(0)
  await own.getByRole("button", { name: "Rotate…" }).click()
  await settings.button("Rotate the keyring").click()
  await expect(own).toContainText("key-encryption key 2")
})

for (const appearance of ["light", "dark"] as const) {
  test(`axe finds nothing where keyrings are, ${appearance}`, async ({ settings }) => {
    await settings.page.emulateMedia({ colorScheme: appearance })
    await expectNothingFound(settings, "keyrings", appearance)
    for (const action of ["Enrol a token…", "Rotate…"]) {
      await keyring(settings).getByRole("button", { name: action }).click()
      await expectNothingFound(settings, action, appearance)
      await settings.button("Cancel").click()
    }
    await enrolSpare(settings)
    await settings.button("Withdraw: Token work").click()
    await expectNothingFound(settings, "withdraw", appearance)
  })
}

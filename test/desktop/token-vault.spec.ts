import { cpSync, renameSync, rmSync } from "node:fs"
import { isThere } from "../interop/program.ts"
import type { App } from "./app.ts"
import { expectNothingFound } from "./axe.ts"
import { test as base, expect, passphrase, startWith } from "./fixture.ts"
import { addSoftToken, softTokens } from "./soft-tokens.ts"
import { emptyVault } from "./vault-plan.ts"

const pin = "246810"
const sparePin = "135791"

/** The app with an open vault, and SoftHSM with the tokens `work` and `spare`. */
const test = base.extend<{ readonly tokenApp: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter
  tokenApp: async ({}, provide) => {
    const tokens = softTokens()
    addSoftToken(tokens, "work", pin)
    addSoftToken(tokens, "spare", sparePin)
    const started = await startWith(emptyVault, { environment: tokens })
    await started.unlock(passphrase)
    await provide(started)
    await started.close()
  },
})

test.skip(!isThere("softhsm2-util"), "SoftHSM 2 is missing: apt-get install -y softhsm2")

async function beginToAdd(app: App, typed: string, label = "work"): Promise<void> {
  await app.go("Settings")
  await app.button("Add a token…").click()
  await app.tokens.choose(label, typed)
}

async function addToken(app: App, besides?: string): Promise<void> {
  await beginToAdd(app, pin)
  await endAdding(app, besides)
}

async function endAdding(app: App, besides?: string): Promise<void> {
  if (besides !== undefined) {
    await app.page.getByLabel("A passphrase is needed besides the token").check()
    await app.field("Passphrase besides the token").fill(besides)
    await app.field("Passphrase besides the token again").fill(besides)
  }
  await app.button("Add the token").click()
  await app.typePassphraseAgain(passphrase)
  await expect(app.dialog("Add a token")).toHaveCount(0)
}

test("a token gets a keyslot in Settings, and opens the vault with its PIN", async ({ tokenApp }) => {
  await addToken(tokenApp)
  await expect(tokenApp.page.getByRole("group", { name: "Token work" })).toBeVisible()
  await tokenApp.lock()
  await tokenApp.button("Open with a token instead").click()
  await expectNothingFound(tokenApp, "unlock with a token", "light")
  await tokenApp.field("PIN").fill("000000")
  await tokenApp.followLock(() => tokenApp.button("Unlock").click())
  await expect(tokenApp.page.getByRole("alert")).toContainText("The PIN is not correct.")
  await tokenApp.button("Open with a token instead").click()
  await tokenApp.field("PIN").fill(pin)
  await tokenApp.button("Unlock").click()
  await tokenApp.expectOpen()
})

test("a PIN that was left out is asked for, with the passphrase once more", async ({ tokenApp }) => {
  await beginToAdd(tokenApp, "")
  await tokenApp.button("Add the token").click()
  await tokenApp.typePassphraseAgain(passphrase)
  await tokenApp.tokens.typePin(pin)
  await tokenApp.typePassphraseAgain(passphrase)
  await expect(tokenApp.page.getByRole("group", { name: "Token work" })).toBeVisible()
})

test("of two tokens that open the vault it is chosen whose PIN is typed", async ({ tokenApp }) => {
  await addToken(tokenApp)
  await beginToAdd(tokenApp, sparePin, "spare")
  await endAdding(tokenApp)
  await tokenApp.lock()
  await tokenApp.button("Open with a token instead").click()
  await expect(tokenApp.page.getByRole("radio", { name: "spare" })).toHaveAccessibleDescription("● there")
  await expectNothingFound(tokenApp, "which token", "light")
  await tokenApp.pick("spare")
  await tokenApp.field("PIN").fill(sparePin)
  await tokenApp.button("Unlock").click()
  await tokenApp.expectOpen()
})

test("a token and a passphrase open it together", async ({ tokenApp }) => {
  await addToken(tokenApp, "needed besides the token")
  await tokenApp.lock()
  await tokenApp.button("Open with a token instead").click()
  await tokenApp.field("PIN").fill(pin)
  await tokenApp.field("Passphrase besides the token").fill("needed besides the token")
  await tokenApp.button("Unlock").click()
  await tokenApp.expectOpen()
})

test("an older copy of the vault is opened by the token, once a person says so", async ({ tokenApp }) => {
  await addToken(tokenApp)
  await tokenApp.lock()
  const copy = `${tokenApp.vaultPath}.copy`
  cpSync(tokenApp.vaultPath, copy, { recursive: true })
  await tokenApp.unlock(passphrase)
  await tokenApp.makeKey("later", { job: "Sign releases" })
  await tokenApp.lock()
  rmSync(tokenApp.vaultPath, { recursive: true })
  renameSync(copy, tokenApp.vaultPath)
  const tryIt = async () => {
    await tokenApp.button("Open with a token instead").click()
    await tokenApp.field("PIN").fill(pin)
  }
  await tryIt()
  await tokenApp.followLock(() => tokenApp.button("Unlock").click())
  await expect(tokenApp.page.getByRole("alert")).toContainText("This vault is older than")
  await tryIt()
  await tokenApp.page.getByLabel("Open it as it is; that is logged").check()
  await tokenApp.button("Unlock").click()
  await tokenApp.expectOpen()
  await expect(tokenApp.heading("No keys yet")).toBeVisible()
})

test("a keyring is held by a token, and its keys ask for the PIN after the vault was locked", async ({ tokenApp }) => {
  await tokenApp.go("Keys")
  await tokenApp.makeKey("release", { job: "Sign releases" })
  await tokenApp.key("release").openMove()
  await tokenApp.button("New keyring…").click()
  await tokenApp.field("Name of the keyring").fill("far")
  await tokenApp.page.getByLabel("Held by a token").check()
  await tokenApp.tokens.choose("work", pin)
  await tokenApp.button("Create keyring").click()
  await expect(tokenApp.field("To keyring")).toHaveValue("far")
  await tokenApp.button("Move").click()
  await expect(tokenApp.key("release").panel).toContainText("Keyringfar")
  await tokenApp.lock()
  await tokenApp.unlock(passphrase)
  await tokenApp.openKey("release")
  await tokenApp.key("release").panel.getByRole("button", { name: "Rotate…" }).click()
  await tokenApp.field("Reason").fill("yearly")
  await tokenApp.dialog("Rotate release").getByRole("button", { name: "Rotate", exact: true }).click()
  await tokenApp.tokens.typePin(pin)
  await expect(tokenApp.dialog("Rotate release")).toBeHidden()
})

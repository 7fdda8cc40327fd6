import { execFileSync } from "node:child_process"
import { isThere } from "../interop/program.ts"
import type { App } from "./app.ts"
import { expectNothingFound } from "./axe.ts"
import { expect, passphrase } from "./fixture.ts"
import { library, pins, test } from "./token-app.ts"

test.skip(!isThere("softhsm2-util"), "SoftHSM 2 is missing: apt-get install -y softhsm2")

/** A key of the vault, beside a token that is set up. */
async function makeKey(app: App, { algorithm, mayLeave }: { algorithm: string; mayLeave: string }): Promise<void> {
  await app.tokens.setUp("backup", pins)
  await app.go("Keys")
  await app.newKey.propose("Sign releases")
  await app.choose("Algorithm", algorithm)
  await app.choose("May leave the vault", mayLeave)
  await app.newKey.generate("release")
}

test("a copy of a key goes into a token and signs there; the vault keeps its own", async ({
  tokenApp,
  environment,
}) => {
  await makeKey(tokenApp, { algorithm: "EC P-256", mayLeave: "Encrypted only" })
  const dialog = await tokenApp.key("release").openCopyIntoToken()
  await expect(dialog).toContainText("This vault keeps release until it is destroyed here")
  await tokenApp.field("Name of the key in the token").fill("release there")
  await expect(tokenApp.button("Put it into the token")).toBeDisabled()
  await tokenApp.tokens.choose("backup", "000000")
  await tokenApp.button("Put it into the token").click()
  await tokenApp.typePassphraseAgain(passphrase)
  await expect(dialog.getByRole("alert")).toContainText("The PIN is not correct.")
  await tokenApp.field("PIN of the token").fill(pins.pin)
  await tokenApp.button("Put it into the token").click()
  await tokenApp.typePassphraseAgain(passphrase)
  await expect(dialog).toBeHidden()

  await expect(tokenApp.keyRow("release there")).toContainText("active")
  await tokenApp.page.getByRole("row", { name: "release there" }).click()
  const copy = tokenApp.key("release there")
  await copy.show("Use")
  await copy.use("Sign").getByLabel("Text to sign").fill("a message")
  await copy.use("Sign").getByRole("button", { name: "Sign", exact: true }).click()
  const signature = await copy.resultOf("Sign")
  await tokenApp.page.getByRole("row", { name: /^(?!.*there).*release/ }).click()
  const original = tokenApp.key("release")
  await original.show("Use")
  await original.verify("a message", signature)
  await expect(original.use("Verify")).toContainText("✓ The signature is right")

  const words = ["--module", library, "--login", "--pin", pins.pin, "--token-label", "backup", "--list-objects"]
  const there = execFileSync("pkcs11-tool", words, { env: { ...process.env, ...environment }, stdio: "pipe" })
  expect(there.toString()).toContain("release there")
})

test("what the token can't take in is refused where it was asked for", async ({ tokenApp }) => {
  await makeKey(tokenApp, { algorithm: "ML-DSA-65 (post-quantum)", mayLeave: "Encrypted only" })
  const dialog = await tokenApp.key("release").openCopyIntoToken()
  await tokenApp.tokens.choose("backup", pins.pin)
  await tokenApp.button("Put it into the token").click()
  await tokenApp.typePassphraseAgain(passphrase)
  await expect(dialog.getByRole("alert")).toContainText("keys of ml-dsa-65 don't serve signature")
})

test("a key that never leaves has no copy to put into a token", async ({ tokenApp }) => {
  await makeKey(tokenApp, { algorithm: "EC P-256", mayLeave: "Never" })
  await expect(tokenApp.button("Move to keyring…")).toBeVisible()
  await expect(tokenApp.button("Copy into a token…")).toHaveCount(0)
})

for (const appearance of ["light", "dark"] as const) {
  test(`axe finds nothing in the dialog, ${appearance}`, async ({ tokenApp }) => {
    await tokenApp.page.emulateMedia({ colorScheme: appearance })
    await makeKey(tokenApp, { algorithm: "EC P-256", mayLeave: "Encrypted only" })
    await tokenApp.command("copy into release", "Copy into token: release")
    await expect(tokenApp.dialog("Put a copy of release into a token")).toBeVisible()
    await tokenApp.tokens.choose("backup", "000000")
    await tokenApp.button("Put it into the token").click()
    await tokenApp.typePassphraseAgain(passphrase)
    await expect(tokenApp.page.getByRole("alert")).toContainText("The PIN is not correct.")
    await expectNothingFound(tokenApp, "copy into a token", appearance)
  })
}

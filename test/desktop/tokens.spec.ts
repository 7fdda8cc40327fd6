import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { isThere } from "../interop/program.ts"
import { librariesThere } from "../token/conformance/libraries.ts"
import { expectNothingFound } from "./axe.ts"
import { expect, passphrase } from "./fixture.ts"
import { pullOut, remove } from "./soft-tokens.ts"
import { library, makeKeyInToken, pins, test } from "./token-app.ts"

test.skip(!isThere("softhsm2-util"), "SoftHSM 2 is missing: apt-get install -y softhsm2")

test("a token is set up, tells of itself, and another program knows its PIN", async ({ tokenApp, environment }) => {
  await tokenApp.tokens.setUp("backup", pins)
  await expect(tokenApp.tokens.token("backup")).toContainText("SoftHSM project SoftHSM v2")
  await expect(tokenApp.tokens.token("backup")).toContainText("PIN● set")
  await expect(tokenApp.tokens.token("backup")).toContainText("SO PIN▲ set, and one that such tokens come with")
  const words = ["--module", library, "--login", "--pin", pins.pin, "--token-label", "backup", "--list-objects"]
  execFileSync("pkcs11-tool", words, { env: { ...process.env, ...environment }, stdio: "pipe" })
  await tokenApp.go("Audit")
  await expect(tokenApp.audit.row("token.init-pin")).toBeVisible()
})

test("PINs that don't fit are said before the token is asked", async ({ tokenApp }) => {
  await tokenApp.tokens.token("A token that is not set up").getByRole("button").click()
  await tokenApp.field("Name of the token").fill("backup")
  await tokenApp.field("SO PIN").fill(pins.soPin)
  await tokenApp.field("SO PIN again").fill("another")
  await tokenApp.button("Set it up").click()
  await expect(tokenApp.page.getByRole("alert")).toContainText("The two entries of the SO PIN are not the same.")
  await tokenApp.field("SO PIN again").fill(pins.soPin)
  await tokenApp.field("PIN").fill("1")
  await tokenApp.field("PIN again").fill("1")
  await tokenApp.button("Set it up").click()
  await expect(tokenApp.page.getByRole("alert")).toContainText(/The PIN has 1 characters; the token takes \d+ to \d+/)
  await tokenApp.button("Cancel").click()
  await expect(tokenApp.tokens.token("backup")).toHaveCount(0)
})

test("a PIN is changed by who knows it, and a wrong one is said", async ({ tokenApp }) => {
  await tokenApp.tokens.setUp("backup", pins)
  await tokenApp.tokens.changePin("backup", "000000", "135791")
  await expect(tokenApp.page.getByRole("alert")).toContainText("The PIN is not correct.")
  await tokenApp.button("Cancel").click()
  await tokenApp.tokens.changePin("backup", pins.pin, "135791")
  await expect(tokenApp.dialog("Change a PIN of backup")).toBeHidden()
})

test("what is in a token shows: in the open without its PIN, all of it with it", async ({ tokenApp, environment }) => {
  await tokenApp.tokens.setUp("backup", pins)
  const words = ["--module", library, "--login", "--pin", pins.pin, "--token-label", "backup"]
  const key = ["--keypairgen", "--key-type", "EC:prime256v1", "--label", "release", "--id", "01"]
  execFileSync("pkcs11-tool", [...words, ...key], { env: { ...process.env, ...environment }, stdio: "pipe" })
  await tokenApp.tokens.press("backup", "What is in it…")
  await expect(tokenApp.dialog("In backup").getByRole("row", { name: "public key" })).toContainText("EC P-256")
  await expect(tokenApp.dialog("In backup").getByRole("row", { name: "private key" })).toHaveCount(0)
  await tokenApp.field("PIN").fill(pins.pin)
  await tokenApp.button("Show all of it").click()
  await expect(tokenApp.dialog("In backup").getByRole("row", { name: "private key" })).toContainText("never leaves")
})

for (const appearance of ["light", "dark"] as const) {
  test(`axe finds nothing where tokens are, ${appearance}`, async ({ tokenApp }) => {
    await tokenApp.page.emulateMedia({ colorScheme: appearance })
    await tokenApp.tokens.setUp("backup", pins)
    await expectNothingFound(tokenApp, "tokens", appearance)
    for (const action of ["Change PIN…", "New PIN by the SO…", "Erase…"]) {
      await tokenApp.tokens.press("backup", action)
      await expectNothingFound(tokenApp, action, appearance)
      await tokenApp.button("Cancel").click()
    }
    await tokenApp.tokens.press("backup", "What is in it…")
    await expect(tokenApp.dialog("In backup")).toContainText("There is nothing that shows.")
    await expectNothingFound(tokenApp, "objects", appearance)
  })
}

test("erasing wants the token's name, and its SO PIN", async ({ tokenApp }) => {
  await tokenApp.tokens.setUp("backup", pins)
  await tokenApp.tokens.press("backup", "Erase…")
  await tokenApp.field("Name of the token").fill("fresh")
  await tokenApp.field("SO PIN").fill(pins.soPin)
  await tokenApp.field("PIN").fill(pins.pin)
  await tokenApp.field("PIN again").fill(pins.pin)
  await expect(tokenApp.button("Erase and set up anew")).toBeDisabled()
  await tokenApp.field("Type the token's name: backup").fill("backup")
  await tokenApp.button("Erase and set up anew").click()
  await expect(tokenApp.tokens.token("fresh")).toBeVisible()
  await expect(tokenApp.tokens.token("backup")).toHaveCount(0)
})

test("a library is usable or says why not, and what is no library is refused", async ({ tokenApp }) => {
  await expect(tokenApp.tokens.library("SoftHSM")).toContainText("● usable")
  const file = join(tokenApp.home, "notes.so")
  writeFileSync(file, "no library")
  await tokenApp.tokens.addLibrary(file)
  await expect(tokenApp.page.getByRole("alert")).toContainText("it is no PKCS#11 library that can be loaded")
  await tokenApp.button("Cancel").click()
  await expect(tokenApp.tokens.library("notes.so")).toHaveCount(0)
})

test("a library that starts only with parameters is given them", async ({ tokenApp }) => {
  const [softoken] = librariesThere("libsoftokn3.so")
  test.skip(softoken === undefined || !isThere("certutil"), "NSS is missing: apt-get install -y libnss3-tools")
  const store = join(tokenApp.home, "store")
  mkdirSync(store)
  writeFileSync(join(store, "pin"), pins.pin)
  execFileSync("certutil", ["-N", "-d", `sql:${store}`, "-f", join(store, "pin")])
  await tokenApp.tokens.addLibrary(softoken ?? "", `configdir='sql:${store}' certPrefix='' keyPrefix='' secmod=''`)
  await expect(tokenApp.tokens.library("libsoftokn3.so")).toContainText("● usable")
  await expect(tokenApp.tokens.library("libsoftokn3.so")).toContainText(`Parameters: configdir='sql:${store}'`)
  await expect(tokenApp.tokens.token("NSS Certificate DB")).toContainText("● set")
})

test("a key is made in a token, and its work asks for the PIN where it is done", async ({ tokenApp }) => {
  await makeKeyInToken(tokenApp)
  // Locking ends the token's process, and its login.
  await tokenApp.lock()
  await tokenApp.unlock(passphrase)
  const key = tokenApp.key("release")
  await key.show("Use")
  await key.use("Sign").getByLabel("Text to sign").fill("a message")
  await key.use("Sign").getByRole("button", { name: "Sign", exact: true }).click()
  await tokenApp.tokens.typePin("000000")
  await expect(tokenApp.dialog("PIN of the token").getByRole("alert")).toContainText("The PIN is not correct.")
  await tokenApp.tokens.typePin(pins.pin)
  await expect(tokenApp.dialog("PIN of the token")).toBeHidden()
  await key.verify("a message", await key.resultOf("Sign"))
  await expect(key.use("Verify")).toContainText("✓ The signature is right")
})

test("a token is checked when a person wants it, with its PIN, and what was found is kept", async ({ tokenApp }) => {
  await tokenApp.choose("Check by itself", "never")
  await makeKeyInToken(tokenApp)
  await tokenApp.lock()
  await tokenApp.unlock(passphrase)
  await tokenApp.tokens.open()
  await tokenApp.tokens.press("backup", "Health…")
  const health = tokenApp.dialog("Health of backup")
  await expect(health).toContainText("Nobody has looked yet.")
  await health.getByRole("button", { name: "Check now" }).click()
  await tokenApp.tokens.typePin(pins.pin)
  await expect(health.getByRole("table", { name: "The last check" })).toContainText("its keys work: release")
  // The SO PIN of the fixture is one that such tokens come with.
  await expect(health.getByRole("row", { name: /^SO PIN/ })).toContainText("everybody knows")
  await health.getByLabel("Try the keys").uncheck()
  await health.getByRole("button", { name: "Check now" }).click()
  await expect(health.getByRole("table", { name: "Checks so far" }).getByRole("row")).toHaveCount(2)
  await expectNothingFound(tokenApp, "health", "light")
  await health.getByRole("button", { name: "Close" }).click()
  await expect(tokenApp.tokens.token("backup")).toContainText("Health▲ look at it")
})

test("a token that holds keys and is not there is told of, over whatever is on the screen", async ({
  tokenApp,
  environment,
}) => {
  // Not before the token is away: a machine that is slow enough would have it looked at while the key is made.
  await tokenApp.choose("Check by itself", "never")
  await makeKeyInToken(tokenApp)
  await tokenApp.lock()
  pullOut(environment)
  await tokenApp.unlock(passphrase)
  await tokenApp.tokens.open()
  await tokenApp.choose("Check by itself", "every day")
  await tokenApp.go("Keys")
  const alert = tokenApp.page.getByRole("alert")
  await expect(alert).toContainText("A token is not well")
  await expect(alert).toContainText("backup: Is there: it is not there")
  await expectNothingFound(tokenApp, "alert", "light")
  await alert.getByRole("button", { name: "Show tokens" }).click()
  await expect(tokenApp.page.getByRole("table", { name: "Tokens that are missed" })).toContainText("token=backup")
  await tokenApp.go("Audit")
  await expect(tokenApp.audit.row("token.health")).toBeVisible()
})

test("a token that was chosen for it locks the vault when it is gone, and is taken off in Settings", async ({
  tokenApp,
  environment,
}) => {
  const locks = tokenApp.page.getByRole("group", { name: "When a token or a device is removed" })
  await tokenApp.tokens.setUp("backup", pins)
  const token = tokenApp.tokens.token("backup")
  await tokenApp.tokens.removalLock(token).click()
  await expect(tokenApp.tokens.removalLock(token)).toBeChecked()
  await expectNothingFound(tokenApp, "removal", "light")
  await tokenApp.go("Settings")
  await expect(locks).toContainText(/The token backup, serial number \w+/)
  await tokenApp.tokens.open()
  // What its library is asked later is answered later: it has been looked at by then.
  await tokenApp.tokens.press("backup", "What is in it…")
  await expect(tokenApp.dialog("In backup")).toContainText("There is nothing that shows.")
  await tokenApp.followLock(async () => remove(environment))
  await expect(tokenApp.page.getByText(/Locked, because this was removed: the token backup, serial/)).toBeVisible()
  await tokenApp.unlock(passphrase)
  await tokenApp.go("Settings")
  await tokenApp.page.getByRole("button", { name: /^Remove: backup/ }).click()
  await expect(tokenApp.page.getByRole("group", { name: "When a token or a device is removed" })).toContainText(
    "None is chosen",
  )
})

test("what is plugged in over USB is looked at on every machine, also where there is no USB", async ({ tokenApp }) => {
  await expect(tokenApp.tokens.usb).toContainText(
    /Nothing of that kind is plugged in|Lock the vault when this is removed/,
  )
  await expect(tokenApp.page.getByRole("alert")).toHaveCount(0)
})

import { execFileSync } from "node:child_process"
import { isThere } from "../interop/program.ts"
import { expect } from "./fixture.ts"
import { library, makeKeyInToken, pins, test } from "./token-app.ts"

test.skip(!isThere("softhsm2-util"), "SoftHSM 2 is missing: apt-get install -y softhsm2")

test("a key lives in a token: it is made, signs, rotates, and is destroyed there", async ({
  tokenApp,
  environment,
}) => {
  await makeKeyInToken(tokenApp)
  await tokenApp.tokens.open()
  await tokenApp.tokens.press("backup", "Erase…")
  await expect(tokenApp.dialog("Erase backup")).toContainText("Of this vault it has 1 key (release).")
  await tokenApp.button("Cancel").click()
  await tokenApp.go("Keys")
  await tokenApp.openKey("release")
  const key = tokenApp.key("release")
  await key.show("Use")
  await key.use("Sign").getByLabel("Text to sign").fill("a message")
  await key.use("Sign").getByRole("button", { name: "Sign", exact: true }).click()
  const signature = await key.resultOf("Sign")

  await tokenApp.rotate("release", { reason: "yearly" })
  await key.show("Versions")
  await expect(key.panel).toContainText("Version 2")
  await key.show("Use")
  await key.verify("a message", signature)
  await expect(key.use("Verify")).toContainText("✓ The signature is right")

  await key.press("Destroy…")
  const dialog = tokenApp.dialog("Destroy release")
  await tokenApp.field("Reason").fill("it served")
  await tokenApp.pick("Now")
  await tokenApp.field("Type the key's name: release").fill("release")
  await tokenApp.button("Destroy for good").click()
  await expect(dialog).toBeHidden()
  await expect(tokenApp.keyRow("release")).toContainText("destroyed")
  const words = ["--module", library, "--login", "--pin", pins.pin, "--token-label", "backup", "--list-objects"]
  const left = execFileSync("pkcs11-tool", words, { env: { ...process.env, ...environment }, stdio: "pipe" })
  expect(left.toString()).not.toContain("release")
})

test("a key that another program made is taken in, and what is wrong with it shows", async ({
  tokenApp,
  environment,
}) => {
  await tokenApp.tokens.setUp("backup", pins)
  const words = ["--module", library, "--login", "--pin", pins.pin, "--token-label", "backup"]
  const key = [
    "--keypairgen",
    "--key-type",
    "EC:prime256v1",
    "--usage-sign",
    "--extractable",
    "--label",
    "theirs",
    "--id",
    "01",
  ]
  execFileSync("pkcs11-tool", [...words, ...key], { env: { ...process.env, ...environment }, stdio: "pipe" })
  await tokenApp.tokens.press("backup", "What is in it…")
  await tokenApp.field("PIN").fill(pins.pin)
  await tokenApp.button("Show all of it").click()
  await tokenApp.button("Take in theirs…").click()
  await tokenApp.field("Name in the vault").fill("signer")
  await tokenApp.button("Take it in").click()
  await expect(tokenApp.dialog("In backup").getByRole("row", { name: "private key" })).toContainText("signer")
  await tokenApp.dialog("In backup").getByRole("button", { name: "Close" }).click()
  await tokenApp.go("Keys")
  await tokenApp.keyRow("signer").click()
  await expect(tokenApp.keyPanel("signer")).toContainText("hardware does not protect it")
})

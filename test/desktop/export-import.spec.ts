import { execFileSync } from "node:child_process"
import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [
      ["key.generate", { name: "mail", algorithm: "ec-p256", purpose: "signature", exportable: "wrapped" }],
      ["key.generate", { name: "fixed", algorithm: "aes-256", purpose: "encryption" }],
    ],
  },
})

test("an encrypted export opens with openssl, and only its owner may read the file", async ({ openApp }) => {
  const file = join(openApp.home, "mail.pem")
  await openApp.answerDialog(file)
  await openApp.exports.encrypted("mail", "of the file")
  const text = execFileSync("openssl", ["pkey", "-in", file, "-passin", "pass:of the file", "-noout", "-text"])
  expect(text.toString()).toContain("prime256v1")
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test("several formats of a private key leave into a folder for one question", async ({ openApp }) => {
  const folder = join(openApp.home, "config")
  await openApp.answerDialog(folder)
  await openApp.key("mail").openExport()
  await openApp.exports.chooseEncrypted("of the file")
  await openApp.page.getByRole("checkbox", { name: "JWE" }).check()
  await openApp.button("Choose a folder and export 2 files").click()
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.dialog("Export mail")).toBeHidden()
  expect(
    readdirSync(folder)
      .filter((name) => name.startsWith("mail"))
      .toSorted(),
  ).toEqual(["mail.encrypted.pem", "mail.jwe"])
})

test("a dialog that is dismissed exports nothing", async ({ openApp }) => {
  await openApp.answerDialog(null)
  await openApp.exports.encrypted("mail", "of the file", { isDone: false })
  await expect(openApp.page.getByRole("alert")).toContainText("Nothing was exported")
  await expect(openApp.field("Passphrase of the file")).toHaveValue("")
  await expect(openApp.field("Passphrase of the file again")).toHaveValue("")
  await openApp.button("Cancel").click()
  await openApp.key("mail").show("History")
  await expect(openApp.keyPanel("mail")).not.toContainText("key.export")
})

test("a key that may never leave offers no export", async ({ openApp }) => {
  await openApp.openKey("fixed")
  await openApp.keyPanel("fixed").getByRole("button", { name: "Export…" }).click()
  await expect(openApp.dialog("Export fixed")).toContainText("never leaves the vault")
  await expect(openApp.button("Choose a file and export")).toBeDisabled()
})

test("destroying wants the reason and the name, and offers to suspend", async ({ openApp }) => {
  await openApp.openKey("mail")
  await openApp.keyPanel("mail").getByRole("button", { name: "Destroy…" }).click()
  await expect(openApp.button("Suspend instead")).toBeVisible()
  await openApp.field("Reason").fill("no longer used")
  await openApp.pick("Now")
  await expect(openApp.button("Destroy for good")).toBeDisabled()
  await openApp.field("Type the key's name: mail").fill("mail")
  await openApp.button("Destroy for good").click()
  await expect(openApp.keyPanel("mail")).toBeHidden()
  await expect(openApp.keyRow("mail")).toContainText("destroyed")
})

test("a destruction waits with a countdown, and the key can be kept until then", async ({ openApp }) => {
  await openApp.openKey("mail")
  const panel = openApp.keyPanel("mail")
  await panel.getByRole("button", { name: "Destroy…" }).click()
  await openApp.field("Reason").fill("no longer used")
  await openApp.field("Type the key's name: mail").fill("mail")
  await openApp.button("Destroy in 30 days").click()
  await expect(panel).toContainText("pending destruction")
  await expect(panel).toContainText("destroyed in 30 days")
  await expect(openApp.keyRow("mail")).toContainText("pending destruction")
  await panel.getByRole("button", { name: "Keep…" }).click()
  await openApp.field("Reason").fill("somebody needs it")
  await openApp.button("Keep it").click()
  await expect(openApp.keyRow("mail")).toContainText("suspended")
  await expect(panel.getByRole("button", { name: "Resume…" })).toBeVisible()
})

test("a backup restores to a vault that opens", async ({ openApp }) => {
  const backup = join(openApp.home, "b.clvbackup")
  await openApp.go("Backups")
  await openApp.answerDialog(backup)
  await openApp.button("Back up…").click()
  await expect(openApp.page.getByRole("status")).toContainText("Verified: 2 keys")
  await openApp.lock()
  await openApp.restore({ backup, to: join(openApp.home, "restored.claviger"), passphrase })
  await openApp.unlock(passphrase)
  await expect(openApp.keyRow("mail")).toBeVisible()
})

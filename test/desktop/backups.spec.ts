import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const key = (name: string) => ["key.generate", { name, algorithm: "aes-256", purpose: "encryption" }] as const

test.use({ plan: { ...emptyVault, steps: [key("alpha"), key("bravo")] } })

test("a restore drill proves a backup, and the list says when", async ({ openApp: app }) => {
  await app.go("Backups")
  await app.backups.make(join(app.home, "one.clvbackup"))
  await expect(app.backups.row("one.clvbackup")).toContainText("as it was made")
  await app.backups.startDrill("one.clvbackup")
  await app.backups.answerDrill("not it")
  await expect(app.backups.drillDialog.getByRole("alert")).toContainText("That passphrase is wrong.")
  await app.backups.answerDrill(passphrase)
  await expect(app.backups.drillDialog).toContainText("one.clvbackup restores")
  await expect(app.backups.drillDialog).toContainText("2 keys and 2 versions, as recorded when it was made")
  await app.button("Done").click()
  await expect(app.backups.row("one.clvbackup")).toContainText("by a drill")
  await app.go("Audit")
  await expect(app.audit.row(/vault[.]drill .*one[.]clvbackup/).first()).toBeVisible()
})

test("a damaged backup fails its drill, and says so in the list", async ({ openApp: app }) => {
  const file = join(app.home, "one.clvbackup")
  await app.go("Backups")
  await app.backups.make(file)
  writeFileSync(file, readFileSync(file).subarray(0, -1))
  await app.backups.startDrill("one.clvbackup")
  await app.backups.answerDrill(passphrase)
  await expect(app.backups.drillDialog.getByRole("alert")).toContainText("one.clvbackup does not restore")
  await expect(app.backups.drillDialog.getByRole("alert")).toContainText("damaged or cut off")
  await app.button("Done").click()
  await expect(app.backups.row("one.clvbackup")).toContainText("drill failed")
  await expect(app.backups.row("one.clvbackup")).toContainText("damaged")
})

test("a backup that is missing is found again, drilled, and known at its new place", async ({ openApp: app }) => {
  const [file, moved] = ["one", "moved"].map((name) => join(app.home, `${name}.clvbackup`))
  await app.go("Backups")
  await app.backups.make(file ?? "")
  renameSync(file ?? "", moved ?? "")
  await app.go("Keys")
  await app.go("Backups")
  await expect(app.backups.row("one.clvbackup")).toContainText("not found")
  await app.backups.startDrill("one.clvbackup")
  await app.answerDialog(moved ?? "")
  await app.backups.drillDialog.getByRole("button", { name: "Find it…" }).click()
  await app.backups.answerDrill(passphrase)
  await expect(app.backups.drillDialog).toContainText("moved.clvbackup restores")
  await app.button("Done").click()
  await expect(app.backups.row("moved.clvbackup")).toContainText("there")
})

test("what came of a backup is still said to who looked at something else meanwhile", async ({ openApp: app }) => {
  await app.go("Backups")
  await app.answerDialog(join(app.home, "nowhere", "one.clvbackup"))
  await app.button("Back up…").click()
  await app.go("Keys")
  await app.go("Backups")
  await expect(app.page.getByRole("alert")).toContainText("nowhere")
  await app.backups.make(join(app.home, "one.clvbackup"))
  await app.go("Keys")
  await app.go("Backups")
  await expect(app.page.getByRole("status")).toContainText("Verified: 2 keys")
})

test("destroying counts the backups that hold the key, and they tell that they do", async ({ openApp: app }) => {
  await app.go("Backups")
  await app.backups.make(join(app.home, "one.clvbackup"))
  await app.backups.make(join(app.home, "two.clvbackup"))
  await app.go("Keys")
  await app.makeKey("charlie", { job: "Encrypt backups" })
  await app.keyPanel("charlie").getByRole("button", { name: "Destroy…" }).click()
  await expect(app.dialog("Destroy charlie")).toContainText("No other keys and no backups depend on it or hold it.")
  await app.button("Cancel").click()
  await app.openKey("alpha")
  await app.keyPanel("alpha").getByRole("button", { name: "Destroy…" }).click()
  await expect(app.dialog("Destroy alpha")).toContainText("No other keys and 2 backups depend on it or hold it.")
  await app.field("Reason").fill("leaked")
  await app.field("Type the key's name: alpha").fill("alpha")
  await app.pick("Now")
  await app.button("Destroy for good").click()
  await expect(app.dialog("Destroy alpha")).toBeHidden()
  await app.go("Backups")
  await app.backups.showDestroyed("one.clvbackup")
  await expect(app.backups.destroyedDialog("one.clvbackup")).toContainText("alpha")
  await expect(app.backups.destroyedDialog("one.clvbackup")).toContainText("version 1")
})

test("backing up, verifying and a drill begin from the palette, by the names of the buttons", async ({
  openApp: app,
}) => {
  await app.answerDialog(join(app.home, "one.clvbackup"))
  await app.command("back up", "Back up")
  await expect(app.page.getByRole("status")).toContainText("Verified: 2 keys")
  await app.go("Keys")
  await app.command("verify vau", "Verify vault")
  await expect(app.page.getByRole("status")).toContainText("The vault is whole: every page, 2 keys")
  await app.command("drill", "Restore drill")
  await app.backups.answerDrill(passphrase)
  await expect(app.backups.drillDialog).toContainText("one.clvbackup restores")
})

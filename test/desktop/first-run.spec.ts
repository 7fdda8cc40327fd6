import { expect, passphrase, test } from "./fixture.ts"

test("a newcomer makes a vault, a first key, a backup, and rotates the key", async ({ app }) => {
  await app.createVault({ passphrase, name: "My keys" })
  await app.makeKey("release signing", { job: "Sign releases" })
  await app.go("Backups")
  await app.answerDialog(`${app.home}/first.clvbackup`)
  await app.button("Back up…").click()
  await expect(app.page.getByRole("status")).toContainText("Verified: 1 key,")
  await app.go("Keys")
  await app.rotate("release signing", { reason: "the calendar" })
  await app.key("release signing").show("Versions")
  await expect(app.keyPanel("release signing")).toContainText("Version 2, current")
})

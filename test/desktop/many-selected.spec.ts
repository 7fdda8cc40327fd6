import { execFileSync } from "node:child_process"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const signature = (name: string) =>
  ["key.generate", { name, algorithm: "ed25519", purpose: "signature", exportable: "wrapped" }] as const

test.use({
  plan: {
    ...emptyVault,
    steps: [
      ...["alpha", "bravo", "charlie", "delta", "echo"].map(signature),
      ["key.generate", { name: "fixed", algorithm: "aes-256", purpose: "encryption", tags: ["old"] }],
      ["key.suspend", { name: "echo", reason: "under review" }],
      ["key.relate", { name: "delta", kind: "depends-on", other: "alpha" }],
    ],
  },
})

test("shift selects a range, and Ctrl single keys, without opening them", async ({ openApp }) => {
  await openApp.keys.select("bravo")
  await openApp.keyRow("delta").click({ modifiers: ["Shift"] })
  await openApp.keys.expectSelected(["bravo", "charlie", "delta"])
  await openApp.keyRow("charlie").click({ modifiers: ["Control"] })
  await openApp.keys.expectSelected(["bravo", "delta"])
  await expect(openApp.page.getByRole("complementary")).toHaveCount(0)
  await openApp.button("Select none").click()
  await openApp.keys.expectSelected([])
})

test("the keyboard selects: Space one, Shift with arrows a range, Ctrl A all, Escape none", async ({ openApp }) => {
  const { keyboard } = openApp.page
  await expect(openApp.keyRow("alpha")).toBeVisible()
  await openApp.keys.focus()
  await keyboard.press("ArrowDown")
  await keyboard.press("Space")
  await openApp.keys.expectSelected(["alpha"])
  await keyboard.press("Shift+ArrowDown")
  await keyboard.press("Shift+ArrowDown")
  await openApp.keys.expectSelected(["alpha", "bravo", "charlie"])
  await keyboard.press("Control+a")
  await expect(openApp.keys.selectionBar).toContainText("6 keys selected")
  await keyboard.press("Escape")
  await openApp.keys.expectSelected([])
})

test("many keys are rotated, each with its own result, and those that can't be are left out", async ({ openApp }) => {
  await openApp.keys.select("alpha", "bravo", "echo")
  await openApp.keys.withSelected("Rotate…")
  await expect(openApp.keys.outcome("echo")).toContainText("left out: it is suspended")
  await openApp.field("Reason").fill("the calendar")
  await openApp.button("Rotate 2 keys").click()
  await expect(openApp.page.getByRole("status").filter({ hasText: "Done for 2 of 2 keys" })).toBeVisible()
  for (const name of ["alpha", "bravo"])
    await expect(openApp.keys.outcome(name)).toContainText("version 2 does the work now")
  await openApp.button("Done").click()
  await openApp.keys.expectSelected([])
})

test("many keys get tags and lose others", async ({ openApp }) => {
  await openApp.keys.select("alpha", "fixed")
  await openApp.keys.withSelected("Tag…")
  await openApp.field("Add tags").fill("audited")
  await openApp.page.keyboard.press("Enter")
  await openApp.field("Take tags away").fill("old")
  await openApp.page.keyboard.press("Enter")
  await openApp.button("Tag 2 keys").click()
  await expect(openApp.keys.outcome("fixed")).toContainText("✓ audited")
  await openApp.button("Done").click()
  await openApp.keys.search("audited")
  await openApp.keys.expectNames(["alpha", "fixed"])
})

test("many keys leave into one folder in several formats; what is there is not replaced", async ({ openApp }) => {
  const folder = join(openApp.home, "config")
  writeFileSync(join(folder, "bravo.pub"), "mine")
  await openApp.answerDialog(folder)
  await openApp.keys.select("alpha", "bravo", "fixed")
  await openApp.keys.withSelected("Export…")
  await openApp.page.getByRole("checkbox", { name: "OpenSSH" }).check()
  await expect(openApp.keys.outcome("fixed")).toContainText("left out: it has no public half")
  await openApp.button("Choose a folder and export 4 files").click()
  await expect(openApp.keys.outcome("alpha")).toContainText("✓ alpha.pub.pem, alpha.pub")
  await expect(openApp.keys.outcome("bravo")).toContainText("Something of that name is already there.")
  await expect(openApp.keys.outcome("bravo")).not.toContainText("--force")
  const files = readdirSync(folder).filter((name) => name.includes(".pub"))
  expect(files.toSorted()).toEqual(["alpha.pub", "alpha.pub.pem", "bravo.pub", "bravo.pub.pem"])
})

test("of many private keys the passphrase is asked for once, and each file is in the log", async ({ openApp }) => {
  const folder = join(openApp.home, "config")
  await openApp.answerDialog(folder)
  await openApp.keys.select("alpha", "bravo")
  await openApp.keys.withSelected("Export…")
  await openApp.exports.chooseEncrypted("of the file")
  await openApp.page.getByRole("checkbox", { name: "OpenSSH, encrypted" }).check()
  await openApp.button("Choose a folder and export 4 files").click()
  await openApp.typePassphraseAgain("not it")
  await expect(openApp.dialog("Passphrase again").getByRole("alert")).toContainText("That passphrase is wrong.")
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.keys.outcome("bravo")).toContainText("✓ bravo.encrypted.pem, bravo.openssh")
  await expect(openApp.dialog("Passphrase again")).toBeHidden()
  const opened = execFileSync("openssl", [
    "pkey",
    "-in",
    join(folder, "bravo.encrypted.pem"),
    "-passin",
    "pass:of the file",
  ])
  expect(opened.toString()).toContain("PRIVATE KEY")
  await openApp.button("Done").click()
  await openApp.go("Audit")
  await expect(openApp.page.getByRole("row", { name: /key[.]export (alpha|bravo) .* done/ })).toHaveCount(4)
})

test("a question for the passphrase that is dismissed ends the export of all keys", async ({ openApp }) => {
  const folder = join(openApp.home, "config")
  await openApp.answerDialog(folder)
  await openApp.keys.select("alpha", "bravo", "charlie")
  await openApp.keys.withSelected("Export…")
  await openApp.exports.chooseEncrypted("of the file")
  await openApp.button("Choose a folder and export 3 files").click()
  await openApp.button("Not now").click()
  await expect(openApp.dialog("Export 3 keys")).toContainText("Done for 0 of 3 keys. Cancelled before the other 2.")
  await expect(openApp.keys.outcome("alpha")).toContainText("the passphrase was not typed again")
  await expect(openApp.dialog("Passphrase again")).toBeHidden()
  expect(readdirSync(folder).filter((name) => name.endsWith(".pem"))).toEqual([])
})

test("many keys are destroyed only after their number is typed; one that others need stays", async ({ openApp }) => {
  await openApp.keys.select("alpha", "bravo", "fixed")
  await openApp.keys.withSelected("Destroy…")
  const dialog = openApp.dialog("Destroy 3 keys")
  await expect(dialog).toContainText("3 versions of key material will be gone")
  await expect(dialog).toContainText("1 other key and no backups depend on them or hold them.")
  await expect(openApp.button("Suspend 3 keys instead")).toBeVisible()
  await openApp.field("Reason").fill("no longer used")
  await expect(openApp.button("Destroy for good")).toBeDisabled()
  await openApp.field("Type: destroy 3 keys").fill("destroy 3 keys")
  await openApp.button("Destroy for good").click()
  await expect(openApp.keys.outcome("fixed")).toContainText("✓ destroyed")
  await expect(openApp.keys.outcome("bravo")).toContainText("✓ destroyed")
  await expect(openApp.keys.outcome("alpha")).toContainText("✕")
  await openApp.button("Done").click()
  await expect(openApp.keyRow("bravo")).toContainText("destroyed")
  await expect(openApp.keyRow("alpha")).toContainText("active")
})

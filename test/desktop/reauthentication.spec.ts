import { existsSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [["key.generate", { name: "mail", algorithm: "ec-p256", purpose: "signature", exportable: "wrapped" }]],
  },
})

test("changing the passphrase wants the old one again", async ({ openApp }) => {
  await openApp.changePassphrase("a new passphrase for all")
  await openApp.typePassphraseAgain("not it")
  await expect(openApp.dialog("Passphrase again").getByRole("alert")).toContainText("That passphrase is wrong.")
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.page.getByText("Changed.")).toBeVisible()
  await openApp.lock()
  await openApp.unlock("a new passphrase for all")
})

for (const dismissal of ["Escape", "Not now"] as const) {
  test(`a question for the passphrase that is dismissed (${dismissal}) lets nothing out`, async ({ openApp }) => {
    const file = join(openApp.home, "mail.pem")
    await openApp.answerDialog(file)
    await openApp.exports.start("mail", "of the file")
    await expect(openApp.dialog("Passphrase again")).toBeVisible()
    if (dismissal === "Escape") await openApp.page.keyboard.press("Escape")
    else await openApp.button(dismissal).click()
    await expect(openApp.dialog("Export mail").getByRole("alert")).toContainText("Nothing was done")
    expect(existsSync(file)).toBe(false)
  })
}

test("a question that was answered is not dismissed while its answer is at work", async ({ openApp }) => {
  await openApp.inMain(({ dialog }) => {
    dialog.showSaveDialog = () => new Promise(() => undefined)
  }, null)
  await openApp.exports.start("mail", "of the file")
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.button("Not now")).toBeDisabled()
  await openApp.page.keyboard.press("Escape")
  await expect(openApp.dialog("Passphrase again")).toBeVisible()
})

test("a second question waits for the first, and each gets its own answer", async ({ openApp }) => {
  const file = join(openApp.home, "log.jsonl")
  await openApp.answerDialog(file)
  await openApp.go("Settings")
  await openApp.field("New passphrase").fill("a new passphrase for all")
  await openApp.field("New passphrase again").fill("a new passphrase for all")
  await openApp.pressAtOnce("Change passphrase", "Measure again")
  const question = openApp.dialog("Passphrase again")
  await expect(question).toHaveCount(1)
  await openApp.button("Not now").click()
  await expect(openApp.page.getByText("Nothing was done: the passphrase was not typed again.")).toHaveCount(1)
  await expect(question).toHaveCount(1)
  await openApp.typePassphraseAgain(passphrase)
  await expect(question).toBeHidden()
  await expect(openApp.page.getByText("Nothing was done: the passphrase was not typed again.")).toHaveCount(1)
})

test("the log's export wants the passphrase, and its row is in what leaves", async ({ openApp }) => {
  const file = join(openApp.home, "log.jsonl")
  await openApp.answerDialog(file)
  await openApp.go("Audit")
  await openApp.button("Export log…").click()
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.page.getByText("exported to log.jsonl")).toBeVisible()
  expect(existsSync(file)).toBe(true)
})

test("recovery cards are added and removed only with the passphrase", async ({ openApp }) => {
  await openApp.go("Settings")
  await openApp.button("Add recovery cards…").click()
  await openApp.button("Make the cards").click()
  await openApp.typePassphraseAgain(passphrase)
  expect((await openApp.cards.read(1)).split(" ").length).toBeGreaterThanOrEqual(20)
  await openApp.button("Close").click()
  await expect(openApp.page.getByRole("group", { name: "Recovery cards" })).toContainText("any 2 of 3 cards")
  await openApp.button("Remove: Recovery cards").click()
  await openApp.button("Remove").click()
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.page.getByRole("group", { name: "Recovery cards" })).toBeHidden()
  await expect(openApp.button("Remove: Passphrase")).toBeDisabled()
})

test("what a guess costs is measured again with the passphrase, which then still opens the vault", async ({
  openApp,
}) => {
  await openApp.go("Settings")
  await openApp.button("Measure again").click()
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.page.getByText(/MiB, [0-9]+ passes: opening takes [0-9]+ ms on this machine[.]/)).toBeVisible()
  await openApp.lock()
  await openApp.unlock(passphrase)
})

test("a double click exports once", async ({ openApp }) => {
  await openApp.answerDialog(join(openApp.home, "mail.pem"))
  await openApp.exports.start("mail", "of the file")
  const question = openApp.dialog("Passphrase again")
  await question.getByLabel("Passphrase of this vault", { exact: true }).fill(passphrase)
  await question.getByRole("button", { name: "Continue" }).dblclick()
  await expect(openApp.dialog("Export mail")).toBeHidden()
  await openApp.go("Audit")
  await expect(openApp.page.getByRole("row", { name: /key[.]export mail .* done/ })).toHaveCount(1)
})

test("a question that was open when the vault was locked lets nothing out", async ({ openApp }) => {
  const file = join(openApp.home, "mail.pem")
  await openApp.answerDialog(file)
  await openApp.exports.start("mail", "of the file")
  await openApp.followLock(() => openApp.machine.says("lock-screen"))
  await openApp.unlock(passphrase)
  await expect(openApp.dialog("Passphrase again")).toBeHidden()
  expect(existsSync(file)).toBe(false)
})

test("a script in the page gets nothing without the passphrase", async ({ openApp }) => {
  const replies = await openApp.page.evaluate(async () => {
    const requests = [
      ["vault.passwd", { newPassphrase: new Uint8Array([1]) }],
      ["audit.export", {}],
      ["window.export", { name: "mail", format: "jwe", protection: { kind: "plaintext", confirmed: true } }],
      ["vault.slot.add", { newPassphrase: new Uint8Array([1]) }],
    ] as const
    return Promise.all(requests.map(([name, input]) => window.claviger.invoke(name, input)))
  })
  const refusal = { ok: false, error: { code: "POLICY_DENIED" } }
  expect(replies).toMatchObject([refusal, refusal, refusal, refusal])
})

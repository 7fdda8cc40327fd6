import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault, type VaultPlan } from "./vault-plan.ts"

const phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow"
const withSecrets: VaultPlan = {
  ...emptyVault,
  steps: [
    ["key.generate", { name: "api token", algorithm: "secret", purpose: "secret", exportable: "yes" }],
    ["seed.generate", { name: "savings", words: 12 }],
  ],
}
test.use({ plan: withSecrets })

const clipboardText = ({ clipboard }: { clipboard: { readText(): Promise<string> } }) => clipboard.readText()

test("a secret goes to the clipboard past the page, and is taken back", async ({ openApp }) => {
  await openApp.exports.copySecret("api token", passphrase)
  await expect(openApp.page.getByText("It is taken back in")).toBeVisible()
  expect((await openApp.inMain(clipboardText, null)).length).toBeGreaterThan(10)
  await expect(openApp.page.getByText("It is taken back in")).toBeHidden()
  await expect.poll(() => openApp.inMain(clipboardText, null)).toBe("")
})

test("a secret text is rotated: drawn anew here, or to what its issuer gave out", async ({ openApp }) => {
  const copied = async () => {
    await openApp.exports.copySecret("api token", passphrase)
    await expect(openApp.dialog("Copy api token")).toBeHidden()
    return openApp.inMain(clipboardText, null)
  }
  const first = await copied()
  await openApp.rotate("api token", { reason: "the calendar" })
  const second = await copied()
  expect(second).toHaveLength(43)
  expect(second).not.toBe(first)
  await openApp.key("api token").press("Rotate…")
  await openApp.page.getByRole("radio", { name: "Given out elsewhere" }).check()
  const dialog = openApp.dialog("Rotate api token")
  await dialog.getByLabel("The new text").last().fill("token-of-the-issuer")
  await expect(dialog).toContainText("Version 3 takes its place")
  await dialog.getByRole("button", { name: "Rotate", exact: true }).click()
  await expect(dialog).toBeHidden()
  expect(await openApp.page.content()).not.toContain("token-of-the-issuer")
  expect(await copied()).toBe("token-of-the-issuer")
})

test("of a secret text that came from elsewhere, so does the next one", async ({ openApp }) => {
  await openApp.page.evaluate(() =>
    window.claviger.invoke("key.import", {
      name: "given",
      file: new TextEncoder().encode("first-text"),
      algorithm: "secret",
      exportable: "yes",
    }),
  )
  await openApp.keys.search("given")
  await openApp.openKey("given")
  await openApp.key("given").press("Rotate…")
  const dialog = openApp.dialog("Rotate given")
  await expect(dialog.getByRole("radio")).toHaveCount(0)
  await dialog.getByLabel("The new text").fill("second-text")
  await dialog.getByRole("button", { name: "Rotate", exact: true }).click()
  await expect(dialog).toBeHidden()
  await openApp.exports.copySecret("given", passphrase)
  await expect(openApp.dialog("Copy given")).toBeHidden()
  expect(await openApp.inMain(clipboardText, null)).toBe("second-text")
})

test("locking takes the clipboard back at once", async ({ openApp }) => {
  await openApp.exports.copySecret("api token", passphrase)
  await openApp.lock()
  await expect.poll(() => openApp.inMain(clipboardText, null)).toBe("")
})

test("a copied secret needs the passphrase again", async ({ openApp }) => {
  await openApp.exports.copySecret("api token", "not it")
  await expect(openApp.page.getByRole("alert")).toContainText("That passphrase is wrong.")
  expect(await openApp.inMain(clipboardText, null)).toBe("")
})

test("a seed is in the page only while the button is held, and no screen can be captured then", async ({ openApp }) => {
  await openApp.seeds.reveal("savings", passphrase)
  const words = openApp.page.getByRole("note", { name: "Words of savings" })
  await expect(words).toHaveCount(0)
  const release = await openApp.hold("Hold to show")
  await expect(words).toHaveText(/^([a-z]+ ){11}[a-z]+$/)
  const text = (await words.textContent()) ?? ""
  expect(await openApp.machine.isShielded()).toBe(true)
  expect(await openApp.page.title()).toBe("Claviger")
  await release()
  await expect(words).toHaveCount(0)
  expect(await openApp.page.content()).not.toContain(text.split(" ").slice(0, 3).join(" "))
  await openApp.button("Close").click()
  await expect.poll(() => openApp.machine.isShielded()).toBe(false)
})

test("neither the title nor what assistive programs see holds a seed that is hidden", async ({ openApp }) => {
  await openApp.seeds.reveal("savings", passphrase)
  const release = await openApp.hold("Hold to show")
  const words = (await openApp.page.getByRole("note", { name: "Words of savings" }).textContent()) ?? ""
  // For as long as it is shown, it is shown to who listens to the screen, too.
  expect(await openApp.machine.accessibilityTree()).toContain(words)
  expect(await openApp.page.title()).toBe("Claviger")
  await release()
  await expect(openApp.page.getByRole("note")).toHaveCount(0)
  expect(await openApp.machine.accessibilityTree()).not.toContain(words.split(" ").slice(0, 2).join(" "))
  await openApp.followLock(() => openApp.machine.says("lock-screen"))
  expect(await openApp.machine.accessibilityTree()).not.toContain(words.split(" ").slice(0, 2).join(" "))
})

test("what was revealed is gone after half a minute", async ({ openApp }) => {
  await openApp.page.clock.install()
  await openApp.seeds.reveal("savings", passphrase)
  await openApp.page.clock.fastForward(30_000)
  await expect(openApp.button("Hold to show")).toBeHidden()
})

test("what was revealed is gone when the window is left", async ({ openApp }) => {
  await openApp.seeds.reveal("savings", passphrase)
  await openApp.page.evaluate(() => window.dispatchEvent(new Event("blur")))
  await expect(openApp.button("Hold to show")).toBeHidden()
})

test("a phrase is in the one field that it is typed into, and in none when the dialog is closed", async ({
  openApp,
}) => {
  await openApp.seeds.type("old wallet", phrase)
  expect(await openApp.typedTexts()).toEqual([phrase])
  await openApp.button("Cancel").click()
  await expect(openApp.dialog("New seed")).toBeHidden()
  expect(await openApp.typedTexts()).toEqual([])
})

test("an imported phrase is checked against its written copy, word by word", async ({ openApp }) => {
  await openApp.seeds.import("old wallet", phrase)
  await openApp.seeds.checkCopy("old wallet", phrase.replace("wave", "wage"))
  await expect(openApp.page.getByRole("status")).toContainText("wrong at word 5")
  await openApp.button("Cancel").click()
  await openApp.seeds.checkCopy("old wallet", phrase)
  await expect(openApp.page.getByRole("status")).toContainText("right, word by word")
})

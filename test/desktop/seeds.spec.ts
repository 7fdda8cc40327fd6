import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

/** The first address and account of the seed of the BIP-84 test vectors. */
const known = {
  phrase: "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
  address: "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
  zpub: "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs",
}

test.use({ plan: { ...emptyVault, steps: [["seed.generate", { name: "savings", words: 12 }]] } })

test("a seed is split into cards, printed a page each, and restored from any two", async ({ openApp }) => {
  await openApp.seeds.import("known", known.phrase)
  await openApp.seeds.split("known")
  expect(await openApp.machine.isShielded()).toBe(true)
  const first = await openApp.cards.read(1)
  expect(first).toMatch(/^([a-z]+ ){19}[a-z]+$/)
  const { sheets, breaks } = await openApp.cards.print()
  expect(sheets.map((words) => words.split(" ").length)).toEqual([20, 20, 20])
  expect(sheets[0]).toBe(first)
  expect(breaks).toEqual(["page", "page", "auto"])
  const start = first.split(" ").slice(0, 5).join(" ")
  expect(await openApp.page.content()).not.toContain(start)
  await openApp.button("Close").click()
  expect(await openApp.page.content()).not.toContain(start)
  await openApp.seeds.combine("again", sheets.slice(1))
  await expect(openApp.seeds.card("again")).toContainText("73c5da0a")
})

test("throws of a coin are mixed into a seed of any length, if there are enough of them", async ({ openApp }) => {
  const throws = Array.from(createHash("sha256").update("coins").digest(), (byte) => byte.toString(2).padStart(8, "0"))
  const coins = throws.join(" ").replaceAll("0", "H").replaceAll("1", "T")
  const field = openApp.page.getByLabel(/^Throws of dice or of a coin/)
  await openApp.go("Seeds")
  await openApp.button("New seed…").click()
  await openApp.field("Name").fill("by coin")
  await openApp.page.getByText("18 words", { exact: true }).click()
  await field.fill("HTTH")
  await openApp.button("Generate seed").click()
  await expect(openApp.dialog("New seed").getByRole("alert")).toContainText("4 are too few")
  await field.fill(coins)
  await openApp.button("Generate seed").click()
  await expect(openApp.seeds.card("by coin")).toContainText("18 words")
})

test("a seed that is here already says so when it is imported", async ({ openApp }) => {
  await openApp.seeds.import("known", known.phrase)
  await openApp.seeds.type("again", known.phrase)
  await openApp.button("Import seed").click()
  const dialog = openApp.dialog("again is in the vault")
  await expect(dialog).toContainText("73c5da0a")
  await expect(dialog.getByRole("status")).toHaveText("A seed of this fingerprint is here already, named known.")
  await openApp.button("Done").click()
  await expect(openApp.seeds.card("again")).toBeVisible()
})

test("a plan that SLIP-39 does not have can't be made", async ({ openApp }) => {
  await openApp.seeds.openDialog("savings", "Split into cards…")
  await openApp.field("Needed").fill("5")
  await expect(openApp.dialog("Split savings into cards")).toContainText("More shares are needed than there are.")
  await expect(openApp.button("Make the cards")).toBeDisabled()
})

test("an address stands beside its path and its code", async ({ openApp }) => {
  await openApp.seeds.import("known", known.phrase)
  await openApp.seeds.card("known").getByRole("button", { name: "Addresses…" }).click()
  const dialog = openApp.dialog("Addresses of known")
  await expect(dialog.getByRole("row", { name: "m/84'/0'/0'/0/0" })).toContainText(known.address)
  await expect(dialog.getByRole("img", { name: "QR code of the address m/84'/0'/0'/0/0" })).toBeVisible()
  await openApp.button("QR code of m/84'/0'/0'/0/3").click()
  await expect(dialog.getByRole("img", { name: "QR code of the address m/84'/0'/0'/0/3" })).toBeVisible()
})

test("an account's key is a zpub for SegWit, with a descriptor", async ({ openApp }) => {
  await openApp.seeds.import("known", known.phrase)
  await openApp.seeds.openDialog("known", "Account keys…")
  const dialog = openApp.dialog("Account keys of known")
  await expect(dialog).toContainText(known.zpub)
  await expect(dialog).toContainText("wpkh([73c5da0a/84h/0h/0h]")
})

test("a child seed is kept in the vault, and the same number makes the same again", async ({ openApp }) => {
  await openApp.seeds.openDialog("savings", "Child…")
  await openApp.field("Name in the vault").fill("pocket money")
  await openApp.button("Keep in the vault").click()
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.dialog("A child of savings").getByRole("status")).toContainText("Number 0 is in the vault")
  await openApp.button("Cancel").click()
  await expect(openApp.seeds.card("pocket money")).toContainText("12 words")
})

test("a seed leaves encrypted, and its words are not in the file", async ({ openApp }) => {
  await openApp.seeds.import("known", known.phrase)
  const file = join(openApp.home, "known.age")
  await openApp.answerDialog(file)
  await openApp.seeds.openDialog("known", "Export…")
  await openApp.field("Passphrase of the file").fill("of the file")
  await openApp.field("Passphrase of the file again").fill("of the file")
  await openApp.button("Choose a file and export").click()
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.dialog("Export known")).toBeHidden()
  expect(existsSync(file)).toBe(true)
  const content = readFileSync(file, "latin1")
  expect(content).toContain("BEGIN AGE ENCRYPTED FILE")
  expect(content).not.toContain("abandon")
})

test("rotating a seed tells which addresses to move from", async ({ openApp }) => {
  await openApp.seeds.import("known", known.phrase)
  await openApp.seeds.card("known").getByRole("button", { name: "Addresses…" }).click()
  await expect(openApp.dialog("Addresses of known")).toContainText(known.address)
  await openApp.button("Close").click()
  await openApp.seeds.openDialog("known", "Rotate…")
  await openApp.button("Rotate").click()
  await expect(openApp.dialog("known is rotated")).toContainText(known.address)
  await openApp.button("Close").click()
  await expect(openApp.seeds.card("known")).toContainText("version 2")
})

test("the destruction of a seed waits, and can be taken back where it is shown", async ({ openApp }) => {
  await openApp.seeds.openDialog("savings", "Destroy…")
  await openApp.field("Reason").fill("emptied")
  await openApp.field("Type the key's name: savings").fill("savings")
  await openApp.button("Destroy in 30 days").click()
  const card = openApp.seeds.card("savings")
  await expect(card).toContainText("pending destruction")
  await expect(card.getByRole("button", { name: "Reveal…" })).toBeHidden()
  await card.getByRole("button", { name: "Keep…" }).click()
  await openApp.field("Reason").fill("not yet")
  await openApp.button("Keep it").click()
  await expect(card).toContainText("suspended")
})

test("a seed is destroyed only with its name typed", async ({ openApp }) => {
  await openApp.seeds.openDialog("savings", "Destroy…")
  await openApp.field("Reason").fill("emptied")
  await openApp.field("Type the key's name: savings").fill("savings")
  await openApp.pick("Now")
  await openApp.button("Destroy for good").click()
  await expect(openApp.seeds.card("savings")).toContainText("destroyed")
  await expect(openApp.seeds.card("savings").getByRole("button", { name: "Reveal…" })).toBeHidden()
})

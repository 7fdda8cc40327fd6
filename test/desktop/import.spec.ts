import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({ plan: { ...emptyVault, steps: [["keyring.create", { name: "servers" }]] } })

function newKey(...words: readonly string[]): Buffer {
  return execFileSync("openssl", ["genpkey", "-quiet", ...words], { stdio: ["ignore", "pipe", "ignore"] })
}

const ed25519 = (...more: readonly string[]): Buffer => newKey("-algorithm", "ed25519", ...more)
const encrypted = (): Buffer => ed25519("-aes256", "-pass", "pass:of the file")

test("a dropped file is recognised, and then taken", async ({ openApp: app }) => {
  await app.imports.open()
  await app.imports.drop({ "server.pem": ed25519() })
  await expect(app.imports.file("server.pem")).toContainText(/pkcs8.*Ed25519, for signature SHA256:/s)
  await app.button("Cancel").click()
  await expect(app.keyRow("server")).toHaveCount(0)
  await app.imports.take("server.pem", ed25519())
  await expect(app.imports.file("server.pem")).toContainText("server, Ed25519: in the vault")
  await app.button("Show the key").click()
  await expect(app.keyPanel("server")).toContainText("imported")
})

test("several files are listed with what is wrong with each, and go where one says", async ({ openApp: app }) => {
  const same = ed25519()
  await app.imports.take("first.pem", same)
  await expect(app.imports.file("first.pem")).toContainText(": in the vault")
  await app.button("Close").last().click()
  await app.imports.open()
  await app.imports.drop({
    "again.pem": same,
    "locked.pem": encrypted(),
    "notes.txt": Buffer.from("milk, eggs"),
    "key.bin": Buffer.alloc(32, 7),
  })
  await expect(app.imports.file("again.pem")).toContainText("the same key is here already, named first")
  await expect(app.imports.file("notes.txt").getByRole("alert")).toContainText("not recognised")
  await app.imports.file("notes.txt").getByRole("button", { name: "Leave out" }).click()
  await app.imports.fill("locked.pem", "Passphrase of the file", "of the file")
  await app.imports.field("locked.pem", "Name in the vault").click()
  await expect(app.imports.file("locked.pem")).toContainText("Ed25519")
  await app.imports.file("key.bin").getByRole("combobox", { name: "What the bytes are" }).click()
  await app.page.getByRole("option", { name: "AES-256", exact: true }).click()
  await expect(app.imports.file("key.bin")).toContainText("AES-256, for encryption")
  await app.choose("Keyring", "servers")
  await app.choose("Must stay protected", "10 years")
  await app.button("Import 3 of 3 files").click()
  for (const name of ["again", "locked", "key"]) {
    await expect(app.dialog("Import keys")).toContainText(`${name}, `)
  }
  await app.button("Show the key").click()
  await expect(app.keyPanel("again")).toContainText("servers")
  await app.key("again").show("Policy")
  await expect(app.keyPanel("again")).toContainText("10 years")
})

test("a file that is refused keeps no other from being taken, and can be tried again", async ({ openApp: app }) => {
  await app.imports.take("taken.pem", ed25519())
  await expect(app.imports.file("taken.pem")).toContainText(": in the vault")
  await app.button("Close").last().click()
  await app.imports.open()
  await app.imports.drop({ "taken.pem": ed25519(), "other.pem": ed25519() })
  await app.button("Import 2 of 2 files").click()
  await expect(app.imports.file("other.pem")).toContainText("other, Ed25519: in the vault")
  await expect(app.imports.file("taken.pem").getByRole("alert")).toContainText("already there")
  await app.imports.fill("taken.pem", "Name in the vault", "renamed")
  await app.button("Import 1 of 2 files").click()
  await expect(app.imports.file("taken.pem")).toContainText("renamed, Ed25519: in the vault")
})

test("an original can be shredded once its key is in the vault, and no other file", async ({ openApp: app }) => {
  const file = join(app.home, "server.pem")
  const other = join(app.home, "other.pem")
  for (const each of [file, other]) newKey("-algorithm", "ed25519", "-out", each)
  await app.imports.take("server.pem", readFileSync(file))
  await app.answerDialog(other)
  await app.button("Shred an original…").click()
  await expect(app.page.getByRole("alert")).toContainText("not what was imported")
  await app.answerDialog(file)
  await app.button("Shred an original…").click()
  await expect(app.page.getByText("server.pem was overwritten and removed.")).toBeVisible()
  expect([existsSync(file), existsSync(other)]).toEqual([false, true])
})

test("a pasted key whose passphrase was forgotten need not be pasted again", async ({ openApp: app }) => {
  await app.imports.open()
  await app.field("or paste a key").fill(encrypted().toString())
  await app.imports.fill("What was pasted", "Name in the vault", "pasted")
  await app.button("Import").click()
  await expect(app.imports.field("What was pasted", "Passphrase of the file")).toBeVisible()
  await app.imports.fill("What was pasted", "Passphrase of the file", "wrong")
  await app.button("Import").click()
  await expect(app.imports.file("What was pasted").getByRole("alert")).toContainText("That passphrase is wrong.")
  await app.imports.fill("What was pasted", "Passphrase of the file", "of the file")
  await app.button("Import").click()
  await expect(app.imports.file("What was pasted")).toContainText("pasted, Ed25519: in the vault")
  await expect(app.field("or paste a key")).toHaveValue("")
})

test("what is no key is refused where it was dropped", async ({ openApp: app }) => {
  await app.imports.take("notes.txt", Buffer.from("milk, eggs"))
  await expect(app.imports.file("notes.txt").getByRole("alert")).toContainText("The input can't be used.")
})

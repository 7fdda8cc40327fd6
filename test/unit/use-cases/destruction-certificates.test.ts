import { PDFDocument } from "pdf-lib"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { SignedCertificate } from "../../../preload/contract/key-destruction.ts"
import { passphrase, TestVault } from "../../support/vaults.ts"

const day = 86_400_000
const noon = Date.parse("2026-03-01T12:00:00Z")
const reason = "project ended"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: noon, actor: "ann" })
  await vault.generate("a")
})
afterEach(async () => {
  expect(vault.bugs).toEqual([])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  vault[Symbol.dispose]()
})

async function document(more: { readonly version?: number; readonly format?: "json" | "md" } = {}): Promise<string> {
  const { certificate } = await vault.ask("key.certificate", { name: "a", format: "json", ...more })
  return new TextDecoder().decode(certificate)
}

async function signed(version?: number): Promise<SignedCertificate["certificate"]> {
  const { certificate }: SignedCertificate = JSON.parse(await document(version === undefined ? {} : { version }))
  return certificate
}

test("a certificate says who asked for the destruction and who did it, also where nobody had to be there", async () => {
  await vault.ask("key.schedule-destroy", { name: "a", after: "7d", reason })
  await vault.ask("key.cancel-destroy", { name: "a", reason: "a mistake" })
  const { pending } = await vault.ask("key.schedule-destroy", { name: "a", after: "7d", reason })
  for (let at = noon + day; at <= noon + 8 * day; at += day) {
    await vault.lock()
    vault.at = at
    await vault.unlock()
  }
  const { acts, approvals, destroyedAt } = await signed()
  expect(acts).toMatchObject([
    { act: "asked", actor: "ann", at: "2026-03-01T12:00:00.000Z" },
    { act: "waited", actor: "ann", at: destroyedAt },
  ])
  expect(destroyedAt).toBe(pending.destroysAt)
  expect(approvals).toEqual([])
})

test("that of a version is had by its number, the newest without one, and each writing is logged", async () => {
  await vault.ask("key.rotate", { name: "a" })
  await vault.ask("key.trim", { name: "a", below: 2, confirmed: true })
  await vault.ask("key.destroy", { name: "a", reason, confirmed: true })
  const versionsOf = ({ versions }: SignedCertificate["certificate"]) => versions.map(({ version }) => version)
  expect([versionsOf(await signed(1)), versionsOf(await signed())]).toEqual([[1], [2]])
  const { rows } = await vault.ask("audit.list", { action: "key.certificate" })
  expect(rows.map(({ target, detail }) => [target, detail["versions"]])).toEqual([
    ["a", [1]],
    ["a", [2]],
  ])
  expect(await vault.refusal("key.certificate", { name: "a", version: 3, format: "json" })).toEqual({
    code: "NOT_FOUND",
    detail: "a destruction of a",
  })
})

test("a new version that a rotation was rolled back from has its certificate too", async () => {
  await vault.ask("rotation.start", { name: "a" })
  await vault.ask("rotation.rollback", { name: "a", reason: "not needed" })
  expect(await signed()).toMatchObject({
    reason: "not needed",
    versions: [{ version: 2 }],
    acts: [{ act: "destroyed", actor: "ann" }],
  })
  const { destructions } = await vault.ask("report.destructions", {})
  expect(destructions).toHaveLength(1)
})

test("the register has every destruction in the order of the log, or the newest of them, and says how many there are", async () => {
  for (const name of ["b", "c"]) await vault.generate(name)
  await vault.ask("key.rotate", { name: "b" })
  await vault.ask("key.trim", { name: "b", below: 2, confirmed: true })
  await vault.ask("key.destroy", { name: "c", reason, confirmed: true })
  await vault.ask("key.destroy", { name: "b", reason, confirmed: true })
  const register = async (input: { newest?: number }) => {
    const { count, destructions } = await vault.ask("report.destructions", input)
    return [count, ...destructions.map(({ certificate }) => certificate.name)]
  }
  expect(await register({})).toEqual([3, "b", "c", "b"])
  expect(await register({ newest: 2 })).toEqual([3, "c", "b"])
})

test("the page for people says the same: what, how, why, who, which backups, and its proof", async () => {
  const out = `${vault.folder}/held.clvbackup`
  await vault.ask("vault.backup", { out })
  await vault.ask("key.destroy", { name: "a", reason, confirmed: true })
  const page = await document({ format: "md" })
  const { publicKey, signature }: SignedCertificate = JSON.parse(await document())
  for (const text of [
    "# Certificate of destruction: a",
    "| 1 | none | cmac:",
    "The wrapped DEK and the ciphertext were overwritten",
    `Reason: ${reason}`,
    "| destroyed | ann | 2026-03-01T12:00:00.000Z |",
    "These backups still hold it.",
    "held.clvbackup",
    publicKey,
    signature,
  ])
    expect(page).toContain(text)
})

// T39: what is not gone is listed.
test("what left the vault before is listed: exports of its private side, and under which key it was wrapped", async () => {
  await vault.ask("key.generate", { name: "b", algorithm: "ed25519", purpose: "signature", exportable: "yes" })
  await vault.generate("wrapper", { purpose: "key-wrapping" })
  await vault.ask("key.export", { name: "b", format: "spki-pem", protection: { kind: "public" } })
  const encrypted = { kind: "encrypted", passphrase: passphrase() } as const
  await vault.ask("key.export", { name: "b", format: "pkcs8-encrypted", protection: encrypted })
  await vault.ask("key.wrap", { name: "wrapper", secret: { key: "b" } })
  const { certificate } = await vault.ask("key.destroy", { name: "b", reason, confirmed: true })
  expect(certificate.exports.map(({ format, protection, actor }) => [format, protection, actor])).toEqual([
    ["pkcs8-encrypted", "encrypted", "ann"],
    ["wrapped", "under wrapper", "ann"],
  ])
})

test("it can be printed", async () => {
  await vault.ask("key.destroy", { name: "a", reason, confirmed: true })
  const { certificate } = await vault.ask("key.certificate", { name: "a", format: "pdf" })
  const file = await PDFDocument.load(certificate)
  expect([file.getTitle(), file.getPageCount()]).toEqual(["Certificate of destruction: a", 1])
})

test("a key of which nothing was destroyed has none", async () => {
  expect(await vault.refusal("key.certificate", { name: "a", format: "pdf" })).toMatchObject({ code: "NOT_FOUND" })
})

import { Buffer } from "node:buffer"
import { execFileSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { SignedCertificate } from "../../../preload/contract/key-destruction.ts"
import { TestVault, utf8 } from "../../support/vaults.ts"

const day = 24 * 3_600_000
const noon = Date.parse("2026-03-01T12:00:00Z")
const reason = "project ended"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: noon })
})

afterEach(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

async function newKey(name: string): Promise<void> {
  await vault.ask("key.generate", { name, algorithm: "aes-256", purpose: "encryption" })
}

/** The vault is opened every day, as one is that is in use. */
async function liveUntil(days: number): Promise<void> {
  for (let at = (vault.at ?? noon) + day; at <= noon + days * day; at += day) {
    await vault.lock()
    vault.at = at
    await vault.unlock()
  }
}

test("a key that waits for its destruction can't be used, and comes back suspended when that is taken back", async () => {
  await newKey("a")
  const encrypted = await vault.ask("key.encrypt", { name: "a", plaintext: utf8("x") })
  const ciphertext = utf8(encrypted.ciphertext)
  const { pending } = await vault.ask("key.schedule-destroy", { name: "a", reason })
  expect(pending).toMatchObject({ name: "a", versions: [1], destroysAt: "2026-03-31T12:00:00.000Z", reason })
  expect(await vault.refusal("key.encrypt", { name: "a", plaintext: utf8("x") })).toMatchObject({
    code: "STATE_DENIED",
  })
  expect(await vault.refusal("key.decrypt", { name: "a", ciphertext })).toMatchObject({ code: "STATE_DENIED" })
  expect(await vault.ask("key.show", { name: "a" })).toMatchObject({
    state: "pending-destruction",
    destroysAt: "2026-03-31T12:00:00.000Z",
    findings: [{ rule: "wanted-while-waiting" }, { rule: "destruction-pending" }],
  })
  expect(await vault.ask("key.cancel-destroy", { name: "a", reason: "needed" })).toMatchObject({ state: "suspended" })
  await vault.ask("key.resume", { name: "a", reason: "needed" })
  await vault.ask("key.decrypt", { name: "a", ciphertext })
  const { rows } = await vault.ask("audit.list", { key: "a" })
  expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    "key.generate done",
    "key.encrypt done",
    "key.schedule-destroy done",
    "key.encrypt denied",
    "key.decrypt denied",
    "key.cancel-destroy done",
    "key.resume done",
    "key.decrypt done",
  ])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
})

test("old versions go back to what they were, and one can wait alone", async () => {
  await newKey("a")
  await vault.ask("key.rotate", { name: "a" })
  await vault.ask("key.schedule-destroy", { name: "a", version: 1, reason })
  const states = async () => (await vault.ask("key.show", { name: "a" })).versions.map(({ state }) => state)
  expect(await states()).toEqual(["pending-destruction", "active"])
  await vault.ask("key.encrypt", { name: "a", plaintext: utf8("x") })
  await vault.ask("key.schedule-destroy", { name: "a", reason })
  expect(await states()).toEqual(["pending-destruction", "pending-destruction"])
  await vault.ask("key.cancel-destroy", { name: "a" })
  expect(await states()).toEqual(["deactivated", "suspended"])
  expect(await vault.refusal("key.cancel-destroy", { name: "a" })).toMatchObject({ code: "STATE_DENIED" })
})

test("what waits is not deactivated meanwhile, by which it could come back to work", async () => {
  await newKey("a")
  await vault.ask("key.deactivate", { name: "a", reason })
  await newKey("b")
  for (const name of ["a", "b"]) await vault.ask("key.schedule-destroy", { name, reason })
  expect(await vault.refusal("key.deactivate", { name: "b", reason })).toMatchObject({ code: "STATE_DENIED" })
  for (const name of ["a", "b"]) await vault.ask("key.cancel-destroy", { name })
  expect(await vault.ask("key.show", { name: "a" })).toMatchObject({ state: "deactivated" })
  expect(await vault.ask("key.show", { name: "b" })).toMatchObject({ state: "suspended" })
})

test("when the time has gone by in use, it is destroyed by itself, and its certificate can be had", async () => {
  await newKey("a")
  await vault.ask("key.schedule-destroy", { name: "a", after: "7d", reason })
  await liveUntil(6)
  expect(await vault.ask("key.show", { name: "a" })).toMatchObject({ state: "pending-destruction" })
  await liveUntil(8)
  expect(await vault.ask("key.show", { name: "a" })).toMatchObject({ state: "destroyed", findings: [] })
  const { certificates } = await vault.ask("key.certificates", { name: "a" })
  expect(certificates).toMatchObject([
    { certificate: { name: "a", reason, versions: [{ version: 1 }], destroyedAt: "2026-03-08T12:00:00.000Z" } },
  ])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
})

test.for([8, 365, 20_000])("a clock that was set %i days ahead destroys nothing without a person", async (days) => {
  await newKey("a")
  await vault.ask("key.schedule-destroy", { name: "a", after: "7d", reason })
  await vault.lock()
  vault.at = noon + days * day
  await vault.unlock()
  expect(await vault.ask("key.show", { name: "a" })).toMatchObject({ state: "pending-destruction" })
  expect(await vault.ask("key.destroy", { name: "a", reason, confirmed: true })).toMatchObject({
    certificate: { name: "a" },
  })
})

test("nothing can be made to depend on what waits for its destruction", async () => {
  await newKey("a")
  await newKey("b")
  await vault.ask("key.schedule-destroy", { name: "a", after: "7d", reason })
  expect(await vault.refusal("key.relate", { name: "b", kind: "depends-on", other: "a" })).toMatchObject({
    code: "STATE_DENIED",
  })
})

test("a seed waits as a key does, and no key is taken for a seed", async () => {
  await newKey("a")
  await vault.ask("seed.generate", { name: "savings", words: 12 })
  expect(await vault.refusal("seed.schedule-destroy", { name: "a", reason })).toMatchObject({ code: "INVALID_INPUT" })
  expect(await vault.ask("key.show", { name: "a" })).toMatchObject({ state: "active" })
  expect(await vault.ask("seed.schedule-destroy", { name: "savings", reason })).toMatchObject({
    pending: { name: "savings" },
  })
  expect(await vault.ask("key.show", { name: "savings" })).toMatchObject({ state: "pending-destruction" })
})

test("each destruction of versions has its certificate, in order; one of nothing has none", async () => {
  await newKey("a")
  await vault.ask("key.rotate", { name: "a" })
  await vault.ask("key.trim", { name: "a", below: 2, confirmed: true })
  await vault.ask("key.trim", { name: "a", below: 2, confirmed: true })
  await vault.ask("key.destroy", { name: "a", reason, confirmed: true })
  const { certificates } = await vault.ask("key.certificates", { name: "a" })
  expect(certificates.map(({ certificate }) => certificate.versions.map(({ version }) => version))).toEqual([[1], [2]])
})

test.for(["6d", "91d", "1h"])("a waiting time of %s is refused", async (after) => {
  await newKey("a")
  expect(await vault.refusal("key.schedule-destroy", { name: "a", after, reason })).toMatchObject({
    code: "INVALID_INPUT",
  })
  expect(await vault.ask("key.show", { name: "a" })).toMatchObject({ state: "active" })
})

test("openssl verifies a certificate without the vault", async () => {
  await vault.ask("key.generate", { name: "a", algorithm: "ed25519", purpose: "signature" })
  const signed = await vault.ask("key.destroy", { name: "a", reason, confirmed: true })
  expect(opensslSays(signed)).toContain("Verified Successfully")
  const forged = { ...signed, certificate: { ...signed.certificate, reason: "another" } }
  expect(() => opensslSays(forged)).toThrow()
  const { auditKey } = await vault.ask("vault.info", { path: vault.path })
  expect(auditKey).toBe(`SHA256:${sha256(Buffer.from(signed.publicKey, "base64"))}`)
})

function sha256(bytes: Uint8Array): string {
  return execFileSync("openssl", ["dgst", "-sha256", "-binary"], { input: bytes }).toString("base64")
}

/** As `docs/vault-format.md` tells how. */
function opensslSays({ certificate, publicKey, signature }: SignedCertificate): string {
  const folder = mkdtempSync(join(tmpdir(), "claviger-certificate-"))
  const file = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const key = file("key.der", Buffer.from(publicKey, "base64"))
  const proof = file("signature", Buffer.from(signature, "base64"))
  const statement = file("statement", utf8(JSON.stringify(sorted(certificate))))
  const args = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin"]
  return execFileSync("openssl", [...args, "-in", statement, "-sigfile", proof], { stdio: "pipe" }).toString()
}

/** RFC 8785, for what has only text and whole numbers. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== "object" || value === null) return value
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}

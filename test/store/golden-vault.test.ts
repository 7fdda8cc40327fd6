import { cpSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { KeyState } from "../../preload/contract/values.ts"
import { passphrase, TestVault, temporaryFolder, utf8 } from "../support/vaults.ts"

const vectors = (name: string) => fileURLToPath(new URL(`../vectors/vaults/${name}`, import.meta.url))

const expected = z
  .object({
    passphrase: z.string(),
    secondPassphrase: z.string(),
    shares: z.array(z.string()),
    vaultId: z.string(),
    auditKey: z.string(),
    rows: z.int(),
    keys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        algorithm: z.string(),
        state: KeyState,
        fingerprint: z.string().nullable(),
        currentVersion: z.int(),
        kcv: z.array(z.string().nullable()),
      }),
    ),
    plaintext: z.string(),
    tokens: z.record(z.string(), z.string()),
    dataKey: z.object({ wrapped: z.string(), plaintext: z.string() }),
    message: z.string(),
    signatures: z.record(z.string(), z.string()),
    macs: z.record(z.string(), z.string()),
    secret: z.string(),
  })
  .parse(JSON.parse(readFileSync(vectors("v1-expected.json"), "utf8")))

let vault: TestVault

beforeAll(async () => {
  vault = new TestVault(temporaryFolder())
  cpSync(vectors("v1.claviger"), vault.path, { recursive: true })
  await vault.unlock(expected.passphrase)
})

afterAll(() => vault[Symbol.dispose]())

const base64 = (text: string) => new Uint8Array(Buffer.from(text, "base64"))

test("the vault of version 1 is whole", async () => {
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [], checked: { keys: 23 } })
  const { vaultId, auditKey, label } = await vault.ask("vault.info", { path: vault.path })
  expect({ vaultId, auditKey, label }).toEqual({
    vaultId: expected.vaultId,
    auditKey: expected.auditKey,
    label: "golden v1",
  })
})

test("its keys are what they were", async () => {
  const { keys } = await vault.ask("key.list", { limit: 1000 })
  const seen = keys.map(({ id, name, algorithm, state, fingerprint, currentVersion, versions }) => {
    const kcv = versions.map((version) => version.kcv ?? null)
    return { id, name, algorithm, state, fingerprint, currentVersion, kcv }
  })
  expect(seen).toEqual(expected.keys)
})

test.for(Object.entries(expected.tokens))("%s decrypts what it encrypted then", async ([name, token]) => {
  const { plaintext } = await vault.ask("key.decrypt", { name, ciphertext: utf8(token) })
  expect(Buffer.from(plaintext).toString()).toBe(expected.plaintext)
})

test("a data key that was wrapped then unwraps", async () => {
  const wrapped = utf8(expected.dataKey.wrapped)
  const { plaintext, keyVersion } = await vault.ask("key.unwrap", { name: "a wrapping key", wrapped })
  expect(Buffer.from(plaintext).toString("hex")).toBe(expected.dataKey.plaintext)
  expect(keyVersion).toBe(1)
})

test.for(Object.entries(expected.signatures))("%s verifies what it signed then", async ([name, signature]) => {
  const message = utf8(expected.message)
  expect(await vault.ask("key.verify", { name, message, signature: base64(signature) })).toMatchObject({ valid: true })
})

test.for(Object.entries(expected.macs))("%s computes what it computed then", async ([name, mac]) => {
  const computed = await vault.ask("key.mac", { name, message: utf8(expected.message) })
  expect(Buffer.from(computed.mac).toString("base64")).toBe(mac)
})

test("its secret text is what was put in", async () => {
  const protection = { kind: "plaintext", passphrase: passphrase(expected.passphrase), confirmed: true } as const
  const { exported } = await vault.ask("key.export", { name: "a secret", format: "raw", protection })
  expect(Buffer.from(exported).toString()).toBe(expected.secret)
})

test("it opens with its second passphrase, and with any two of its recovery shares", async () => {
  using other = new TestVault(temporaryFolder())
  cpSync(vectors("v1.claviger"), other.path, { recursive: true })
  await other.unlock(expected.secondPassphrase)
  other.lock()
  for (const pair of [
    [0, 1],
    [0, 2],
    [1, 2],
  ]) {
    const shares = pair.map((number) => utf8(expected.shares[number] ?? ""))
    await other.ask("vault.unlock", { path: other.path, shares })
    other.lock()
  }
})

test("its backup restores", async () => {
  using other = new TestVault(temporaryFolder())
  const file = vectors("v1.clvbackup")
  await other.ask("vault.restore", { file, to: other.path, passphrase: passphrase(expected.passphrase) })
  await other.unlock(expected.passphrase)
  expect(await other.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 23 } })
})

test("its exported log verifies, and was signed by its audit key", async () => {
  const file = vectors("v1-audit.jsonl")
  const report = await vault.ask("audit.verify-export", { file, signer: expected.auditKey })
  expect(report).toMatchObject({ ok: true, rows: expected.rows })
  expect(readFileSync(join(file), "utf8").split("\n")).toHaveLength(expected.rows + 2)
})

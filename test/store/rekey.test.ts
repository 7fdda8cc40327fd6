import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { randomSecret } from "../../main/crypto/random.ts"
import { seal } from "../../main/crypto/seal.ts"
import { Secret } from "../../main/domain/secret.ts"
import { finishRekey, rekeyBox } from "../../main/store/finish-rekey.ts"
import { passphraseSlot, recoverySlot, sealedFields } from "../../main/store/keyslots.ts"
import { rekeyDatabase } from "../../main/store/vault-database.ts"
import { encodeHeader, parseHeader, writeHeader } from "../../main/store/vault-header.ts"
import { databaseKey, vaultKeys } from "../../main/store/vault-keys.ts"
import { decryptPages } from "../support/encrypted-pages.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { lowMemoryKdf, passphrase, TestVault, utf8 } from "../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ recovery: { threshold: 2, count: 3 } })
  await vault.generate("a key")
  await vault.ask("key.rotate", { name: "a key" })
  await vault.ask("keyring.create", { name: "production" })
  await vault.generate("another", { keyring: "production" })
})

afterEach(() => vault[Symbol.dispose]())

const rekeying = (...also: string[]) => ({
  passphrase: passphrase(),
  alsoPassphrases: also.map((text) => utf8(text)),
  confirmed: false,
})

async function expectWhole(): Promise<void> {
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 2, versions: 3 } })
  const { ciphertext } = await vault.ask("key.encrypt", { name: "another", plaintext: utf8("x") })
  await vault.ask("key.decrypt", { name: "another", ciphertext: utf8(ciphertext) })
}

test("after a rekey everything is there, under another key, and the log goes on", async () => {
  const { ciphertext } = await vault.ask("key.encrypt", { name: "a key", plaintext: utf8("before") })
  const { rows: before } = await vault.ask("audit.list", { limit: 1000 })
  vault.lock()
  const old = await internalsOf(vault.path)
  await vault.unlock()
  await vault.ask("vault.rekey", rekeying())
  await expectWhole()
  const { rows } = await vault.ask("audit.list", { limit: 1000 })
  expect(rows.slice(0, before.length)).toEqual(before)
  expect(rows.map(({ action }) => action)).toContain("vault.rekey")
  const { plaintext } = await vault.ask("key.decrypt", { name: "a key", ciphertext: utf8(ciphertext) })
  expect(Buffer.from(plaintext).toString()).toBe("before")
  vault.lock()
  const next = await internalsOf(vault.path)
  expect(next.masterKey.bytes).not.toEqual(old.masterKey.bytes)
  const file = readFileSync(join(vault.path, "inventory.db"))
  expect(decryptPages(file, next.pageKey.bytes).length).toBeGreaterThan(20)
  expect(() => decryptPages(file, old.pageKey.bytes)).toThrow(/MAC of page 1/)
})

test("nothing that the old master key wrapped is left in the pages", async () => {
  vault.lock()
  const old = await internalsOf(vault.path)
  const wrapped = editDatabase(old, (db) =>
    z.array(z.instanceof(Buffer)).parse(db.prepare("SELECT wrapped FROM keyring_keks").pluck().all()),
  )
  await vault.unlock()
  await vault.ask("vault.rekey", rekeying())
  vault.lock()
  const { pageKey } = await internalsOf(vault.path)
  const pages = decryptPages(readFileSync(join(vault.path, "inventory.db")), pageKey.bytes)
  expect(wrapped).toHaveLength(2)
  for (const kek of wrapped) expect(pages.some((page) => page.includes(kek))).toBe(false)
})

test("recovery shares are made anew: the new ones open the vault, the old ones do not", async () => {
  const { recoveryShares = [] } = await vault.ask("vault.rekey", rekeying())
  vault.lock()
  const old = vault.shares.slice(1).map((share) => new Uint8Array(share))
  expect(await vault.refusal("vault.unlock", { path: vault.path, shares: old })).toMatchObject({ code: "WRONG_SHARES" })
  expect(recoveryShares).toHaveLength(3)
  await vault.ask("vault.unlock", { path: vault.path, shares: recoveryShares.slice(0, 2) })
})

test("a keyslot that can't come along is named, and goes only when that is confirmed", async () => {
  const { slot } = await vault.ask("vault.slot.add", {
    newPassphrase: passphrase("ann's"),
    kdf: lowMemoryKdf,
    label: "ann",
  })
  const { code, detail } = await vault.refusal("vault.rekey", rekeying())
  expect(code).toBe("CONFIRMATION_REQUIRED")
  expect(detail).toMatch(/ann/)
  expect(vault.claviger.isUnlocked()).toBe(true)
  const { removedSlots } = await vault.ask("vault.rekey", { ...rekeying(), confirmed: true })
  expect(removedSlots.map(({ id }) => id)).toEqual([slot.id])
  vault.lock()
  expect(await vault.unlockRefusal("ann's")).toMatchObject({ code: "WRONG_PASSPHRASE" })
})

test("a keyslot whose passphrase is given comes along, with its label and costs", async () => {
  await vault.ask("vault.slot.add", {
    newPassphrase: passphrase("ann's"),
    kdf: { ...lowMemoryKdf, passes: 3 },
    label: "ann",
  })
  const { keyslots, removedSlots } = await vault.ask("vault.rekey", rekeying("ann's"))
  expect(removedSlots).toEqual([])
  expect(keyslots).toContainEqual(
    expect.objectContaining({ label: "ann", kdf: expect.objectContaining({ passes: 3 }) }),
  )
  vault.lock()
  await vault.unlock("ann's")
})

test.for(["the first", "a further one"])(
  "a rekey for which %s of the passphrases is wrong changes nothing",
  async (which) => {
    const before = readFileSync(join(vault.path, "vault.json"))
    const wrong = which === "the first" ? { ...rekeying(), passphrase: utf8("wrong") } : rekeying("wrong")
    expect(await vault.refusal("vault.rekey", wrong)).toMatchObject({ code: "WRONG_PASSPHRASE" })
    expect(readFileSync(join(vault.path, "vault.json")).equals(before)).toBe(true)
    await expectWhole()
  },
)

test("a log that was edited is not given new MACs", async () => {
  vault.lock()
  editDatabase(await internalsOf(vault.path), (db) =>
    db.exec("UPDATE audit SET body = replace(body, 'tester', 'victor') WHERE seq = 3"),
  )
  await vault.unlock()
  const { code, detail } = await vault.refusal("vault.rekey", rekeying())
  expect(code).toBe("INTEGRITY_FAILED")
  expect(detail).toMatch(/row 3/)
  expect(await vault.ask("audit.verify", {})).toMatchObject({ ok: false, firstBad: 3 })
})

test("the older copy from before the rekey is noticed as that", async () => {
  vault.lock()
  const older = join(vault.folder, "older")
  cpSync(vault.path, older, { recursive: true })
  await vault.unlock()
  await vault.ask("vault.rekey", rekeying())
  vault.lock()
  rmSync(vault.path, { recursive: true })
  cpSync(older, vault.path, { recursive: true })
  expect(await vault.unlockRefusal()).toMatchObject({ code: "ROLLBACK_DETECTED" })
})

const surroundings = () => ({ configDirectory: vault.configDirectory, actor: "tester", now: Date.now })

/** Writes the header with which a rekey begins, and gives what goes with it; the rest is left as a crash would. */
async function begunRekey() {
  vault.lock()
  const old = await internalsOf(vault.path)
  const { mac: _, ...header } = old.header
  const masterKey = randomSecret(32)
  const id = crypto.randomUUID()
  const { key, aad } = rekeyBox(masterKey, header.vaultId, id)
  using given = new Secret(passphrase("after"))
  const slot = await passphraseSlot(header.vaultId, masterKey, given, { kdf: lowMemoryKdf })
  const pendingRekey = { id, wrap: sealedFields(seal(key.bytes, old.masterKey.bytes, aad)) }
  const pending = { ...header, keyslots: [slot], pendingRekey }
  const next = vaultKeys(masterKey, header.vaultId)
  return { old, masterKey, next, pending, authentic: parseHeader(encodeHeader(pending, next.headerMac)) }
}

type Begun = Awaited<ReturnType<typeof begunRekey>>

/** Where a crash may leave a rekey, in the order of its steps. */
const crashes: readonly (readonly [when: string, leave: (begun: Begun) => Promise<void> | void])[] = [
  ["both headers were written", ({ old, pending, next }) => writeHeader(old.directory, pending, next.headerMac)],
  [
    "the first header was written, the second not yet",
    ({ old, pending, next }) => {
      const second = readFileSync(old.directory.headerCopy)
      writeHeader(old.directory, pending, next.headerMac)
      writeFileSync(old.directory.headerCopy, second)
    },
  ],
  [
    "all was done but the final header",
    async ({ old, pending, next, authentic, masterKey }) => {
      await finishRekey(old.directory, authentic, masterKey, surroundings())
      writeHeader(old.directory, pending, next.headerMac)
    },
  ],
  [
    "all was done but the final header's second copy",
    async ({ old, pending, next, authentic, masterKey }) => {
      await finishRekey(old.directory, authentic, masterKey, surroundings())
      const final = readFileSync(old.directory.header)
      writeHeader(old.directory, pending, next.headerMac)
      writeFileSync(old.directory.header, final)
    },
  ],
  [
    "the content was moved and the pages not yet",
    async ({ old, pending, next, authentic, masterKey }) => {
      await finishRekey(old.directory, authentic, masterKey, surroundings())
      using back = databaseKey(old.masterKey, old.header.vaultId)
      editDatabase({ ...old, pageKey: databaseKey(masterKey, old.header.vaultId) }, (db) => rekeyDatabase(db, back))
      writeHeader(old.directory, pending, next.headerMac)
    },
  ],
]

test.for(crashes)("a rekey that was killed when %s is finished by the next opening", async ([, leave]) => {
  await leave(await begunRekey())
  await vault.unlock("after")
  await expectWhole()
  const { rows } = await vault.ask("audit.list", { action: "vault.rekey" })
  expect(rows).toHaveLength(1)
  vault.lock()
  expect(parseHeader(readFileSync(join(vault.path, "vault.json"))).pendingRekey).toBeUndefined()
  expect(readFileSync(join(vault.path, "vault.json"))).toEqual(readFileSync(join(vault.path, "vault.json.2")))
  expect(await vault.unlock("after")).toMatchObject({ resumed: [] })
})

test("an interrupted rekey that is finished is told of", async () => {
  const { old, pending, next } = await begunRekey()
  writeHeader(old.directory, pending, next.headerMac)
  expect(await vault.unlock("after")).toMatchObject({ resumed: ["vault.rekey"] })
})

test("before the first header is whole, the old passphrase opens the old vault", async () => {
  const { old, pending, next } = await begunRekey()
  const [first, second] = [readFileSync(old.directory.header), readFileSync(old.directory.headerCopy)]
  writeHeader(old.directory, pending, next.headerMac)
  writeFileSync(old.directory.header, first.subarray(0, 100))
  writeFileSync(old.directory.headerCopy, second)
  await vault.unlock()
  await expectWhole()
})

test("a pending rekey whose old master key was tampered with does not open", async () => {
  const { old, pending, next } = await begunRekey()
  const tag = Buffer.alloc(16).toString("base64")
  const { pendingRekey } = pending
  const edited = { ...pending, pendingRekey: { ...pendingRekey, wrap: { ...pendingRekey.wrap, tag } } }
  writeHeader(old.directory, edited, next.headerMac)
  expect(await vault.unlockRefusal("after")).toMatchObject({ code: "INTEGRITY_FAILED" })
})

test("recovery shares that a crash kept from being shown are void, and that is told and logged", async () => {
  const { old, pending, next, masterKey } = await begunRekey()
  const { slot } = await recoverySlot(pending.vaultId, masterKey, { threshold: 2, count: 3 })
  writeHeader(old.directory, { ...pending, keyslots: [...pending.keyslots, slot] }, next.headerMac)
  expect(await vault.unlock("after")).toMatchObject({ resumed: ["vault.rekey", "vault.slot.remove"] })
  expect((await vault.ask("vault.slot.list", {})).keyslots.map(({ kind }) => kind)).toEqual(["passphrase"])
  const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
  expect(rows.at(-1)?.detail["notes"]).toEqual(["vault.rekey", "vault.slot.remove"])
})

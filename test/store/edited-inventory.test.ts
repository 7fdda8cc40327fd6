import { writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { VaultDb } from "../../main/store/vault-database.ts"
import { rocaPrime, rsaPemOfPrimes } from "../formats/rsa-of-primes.ts"
import { editDatabase, internalsOf, internalsOfCopy, type VaultInternals } from "../support/vault-internals.ts"
import { passphrase, TestVault, utf8 } from "../support/vaults.ts"

// T37

/** A vault with keys in every state, locked. */
let original: TestVault
let internals: VaultInternals

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("victim", {
    tags: ["one", "two"],
    owner: "ann",
    expires: "2099-01-01",
    rotateEvery: "90d",
    protectFor: "20y",
  })
  await original.ask("key.rotate", { name: "victim", grace: "30d" })
  await original.generate("other", { exportable: "yes" })
  await original.generate("suspended")
  await original.ask("key.suspend", { name: "suspended", reason: "on leave" })
  await original.generate("deactivated")
  await original.ask("key.deactivate", { name: "deactivated", reason: "replaced" })
  await original.generate("known to others")
  await original.ask("key.compromise", { name: "known to others", reason: "leaked" })
  await original.generate("later", { notBefore: "2098-01-01" })
  await original.ask("key.import", { name: "weak", file: utf8(rsaPemOfPrimes(rocaPrime(), rocaPrime())) })
  await original.ask("key.generate", { name: "signer", algorithm: "ed25519", purpose: "signature" })
  await original.ask("key.relate", { name: "victim", kind: "wraps", other: "other" })
  await original.ask("keyring.create", { name: "production" })
  await original.ask("vault.backup", { out: `${original.folder}/one.clvbackup` })
  writeFileSync(`${original.folder}/one.clvbackup`, "damaged")
  await original.ask("vault.drill", { file: `${original.folder}/one.clvbackup`, passphrase: passphrase() })
  await original.generate("destroyed")
  await original.ask("key.destroy", { name: "destroyed", reason: "leaked", confirmed: true })
  await original.generate("doomed")
  await original.ask("key.schedule-destroy", { name: "doomed", reason: "leaked" })
  await original.ask("report.hygiene", { find: ["weak"] })
  original.lock()
  internals = await internalsOf(original.path)
})

afterAll(() => original[Symbol.dispose]())

/** A copy of the vault, edited by somebody who has the key of its database, and unlocked. */
async function edited(edit: (db: VaultDb) => unknown): Promise<TestVault> {
  const vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), edit)
  await vault.unlock()
  return vault
}

const set = (assignment: string, name: string) => `UPDATE keys SET ${assignment} WHERE name = '${name}'`
const setVersion = (assignment: string, name: string, version = 1) =>
  `UPDATE key_versions SET ${assignment} WHERE version = ${version} AND key_row = (SELECT row FROM keys WHERE name = '${name}')`

/** What is edited, the SQL that does it, the key whose reading must notice it. */
const edits: readonly (readonly [what: string, sql: string, key: string])[] = [
  ["a suspended key is active again", set("state = 'active'", "suspended"), "suspended"],
  ["a deactivated key is active again", set("state = 'active'", "deactivated"), "deactivated"],
  ["a destroyed key is active again", set("state = 'active'", "destroyed"), "destroyed"],
  ["a key for later is active now", set("state = 'active'", "later"), "later"],
  ["an active key is suspended", set("state = 'suspended'", "victim"), "victim"],
  ["the expiry is later", set("expires_at = '2199-01-01T00:00:00.000Z'", "victim"), "victim"],
  ["the expiry is gone", set("expires_at = NULL", "victim"), "victim"],
  ["the activation is earlier", set("activates_at = '2020-01-01T00:00:00.000Z'", "later"), "later"],
  ["the creation is earlier", set("created_at = '2020-01-01T00:00:00.000Z'", "victim"), "victim"],
  ["a compromised key is active", set("state = 'active'", "known to others"), "known to others"],
  ["a compromised version is active", setVersion("state = 'active'", "known to others"), "known to others"],
  ["the rotation is never due", set("next_rotation_at = NULL", "victim"), "victim"],
  ["the rotation period is another", set("rotate_every = '9y'", "victim"), "victim"],
  ["what it protects need not stay secret for long", set("protect_for = '1d'", "victim"), "victim"],
  ["nobody says how long it protects", set("protect_for = NULL", "victim"), "victim"],
  ["it is said how long it protects", set("protect_for = '1d'", "other"), "other"],
  ["the key may leave", set("exportable = 'yes'", "victim"), "victim"],
  ["the usages are more", set(`usages = '["encrypt","decrypt","sign"]'`, "victim"), "victim"],
  ["the usages are no list", set("usages = 'all'", "victim"), "victim"],
  ["the purpose is another", set("purpose = 'key-wrapping'", "victim"), "victim"],
  ["the algorithm is another", set("algorithm = 'chacha20-poly1305'", "victim"), "victim"],
  ["the algorithm is unknown", set("algorithm = 'rot13'", "victim"), "victim"],
  ["the origin is another", set("origin = 'imported'", "victim"), "victim"],
  ["the location is another", set("location = 'token'", "victim"), "victim"],
  ["the owner is another", set("owner = 'eve'", "victim"), "victim"],
  ["the environment is another", set("environment = 'test'", "victim"), "victim"],
  ["an old version does the work again", set("current_version = 1", "victim"), "victim"],
  [
    "the key is in another keyring",
    `UPDATE keys SET keyring_id = (SELECT id FROM keyrings WHERE name = 'production') WHERE name = 'victim'`,
    "victim",
  ],
  ["an old version is active again", setVersion("state = 'active'", "victim"), "victim"],
  ["an old version decrypts for ever", setVersion("decrypt_only_until = NULL", "victim"), "victim"],
  ["a destroyed version is there again", setVersion("state = 'active'", "destroyed"), "destroyed"],
  [
    "a destruction was at another time",
    setVersion("destroyed_at = '2020-01-01T00:00:00.000Z'", "destroyed"),
    "destroyed",
  ],
  ["a destruction comes sooner", setVersion("destroys_at = '2020-01-01T00:00:00.000Z'", "doomed"), "doomed"],
  ["a destruction is taken back to another state", setVersion("state_before = 'deactivated'", "doomed"), "doomed"],
  ["a destruction has another reason", setVersion("destroy_reason = 'x'", "doomed"), "doomed"],
  ["a version was made at another time", setVersion("created_at = '2020-01-01T00:00:00.000Z'", "victim"), "victim"],
  ["a fingerprint is another", setVersion("fingerprint = 'SHA256:x'", "signer"), "signer"],
  ["an OpenSSH fingerprint is another", setVersion("openssh_fingerprint = 'SHA256:x'", "signer"), "signer"],
  ["a check value is another", setVersion("kcv = 'cmac:000000'", "victim"), "victim"],
  ["a public key is another", setVersion("public_key = randomblob(44)", "signer"), "signer"],
  ["a version's number is another", setVersion("version = 7", "victim"), "victim"],
  ["a tag is gone", "DELETE FROM tags WHERE tag = 'one'", "victim"],
  ["a tag was added", "INSERT INTO tags SELECT row, 'approved' FROM keys WHERE name = 'victim'", "victim"],
  ["a tag is another", "UPDATE tags SET tag = 'three' WHERE tag = 'two'", "victim"],
  ["a relation is gone", "DELETE FROM key_relations", "victim"],
  ["a relation is of another kind", "UPDATE key_relations SET kind = 'protects'", "victim"],
  [
    "a relation is to another key",
    "UPDATE key_relations SET other_row = (SELECT row FROM keys WHERE name = 'signer')",
    "victim",
  ],
]

test.for(edits)("when %s, opening the vault, reading the key and verifying all notice it", async ([, sql, key]) => {
  using vault = await edited((db) => expect(db.prepare(sql).run().changes).toBeGreaterThan(0))
  const { rows } = await vault.ask("audit.list", { action: "inventory.edited" })
  expect(rows).toMatchObject([{ outcome: "failed", detail: { names: expect.arrayContaining([key]) } }])
  const { code, detail } = await vault.refusal("key.show", { name: key })
  expect(code).toBe("INTEGRITY_FAILED")
  expect(detail).toBeTruthy()
  expect(await vault.refusal("key.list", { limit: 1000 })).toMatchObject({ code: "INTEGRITY_FAILED" })
  const verified = await vault.claviger.dispatch("vault.verify", {})
  expect(verified).not.toMatchObject({ ok: true, result: { ok: true } })
  expect(vault.bugs).toEqual([])
})

test("a key that was renamed past the log is found by its id, and refused", async () => {
  const { id } = await openedOriginal((vault) => vault.ask("key.show", { name: "victim" }))
  using vault = await edited((db) => db.exec(set("name = 'innocent'", "victim")))
  expect(await vault.refusal("key.show", { name: "innocent" })).toMatchObject({ code: "INTEGRITY_FAILED" })
  expect(await vault.refusal("key.show", { name: id })).toMatchObject({ code: "INTEGRITY_FAILED" })
  const { ok, problems } = await vault.ask("vault.verify", {})
  expect(ok).toBe(false)
  expect(problems.map(({ target }) => target)).toContain("innocent")
})

async function openedOriginal<Result>(act: (vault: TestVault) => Promise<Result>): Promise<Result> {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  return await act(vault)
}

const materialEdits: readonly (readonly [what: string, sql: string])[] = [
  ["a byte of a wrapped DEK", "UPDATE deks SET wrapped = randomblob(60) WHERE version_row = ROW"],
  ["a byte of a ciphertext", "UPDATE materials SET sealed = randomblob(60) WHERE version_row = ROW"],
  [
    "the DEK of another key",
    "UPDATE deks SET wrapped = (SELECT wrapped FROM deks WHERE version_row = OTHER) WHERE version_row = ROW",
  ],
  [
    "the ciphertext of another key",
    "UPDATE materials SET sealed = (SELECT sealed FROM materials WHERE version_row = OTHER) WHERE version_row = ROW",
  ],
  ["an empty ciphertext", "UPDATE materials SET sealed = x'' WHERE version_row = ROW"],
  ["no DEK", "DELETE FROM deks WHERE version_row = ROW"],
  ["no ciphertext", "DELETE FROM materials WHERE version_row = ROW"],
  ["a KEK that there is not", "UPDATE deks SET kek_version = 9 WHERE version_row = ROW"],
]

const rowOf = (name: string, version: number) =>
  `(SELECT key_versions.row FROM key_versions JOIN keys ON keys.row = key_row WHERE name = '${name}' AND version = ${version})`

test.for(materialEdits)("with %s the key is refused when it is used, and found by verifying", async ([, sql]) => {
  using vault = await edited((db) =>
    db.exec(sql.replaceAll("ROW", rowOf("other", 1)).replaceAll("OTHER", rowOf("signer", 1))),
  )
  const use = { name: "other", plaintext: new Uint8Array(4) }
  expect(await vault.refusal("key.encrypt", use)).toMatchObject({ code: "INTEGRITY_FAILED" })
  const { ok, problems } = await vault.ask("vault.verify", {})
  expect(ok).toBe(false)
  expect(problems).toContainEqual(expect.objectContaining({ rule: "material", target: "other" }))
  expect(vault.bugs).toEqual([])
})

test("two versions' whole rows of material, swapped, open for neither", async () => {
  using vault = await edited((db) => {
    const [one, two] = [rowOf("victim", 1), rowOf("victim", 2)]
    for (const table of ["deks", "materials"]) {
      db.exec(`UPDATE ${table} SET version_row = -1 WHERE version_row = ${one};
        UPDATE ${table} SET version_row = ${one} WHERE version_row = ${two};
        UPDATE ${table} SET version_row = ${two} WHERE version_row = -1`)
    }
  })
  const use = { name: "victim", plaintext: new Uint8Array(4) }
  expect(await vault.refusal("key.encrypt", use)).toMatchObject({ code: "INTEGRITY_FAILED" })
})

test("material of a destroyed version that is back is found", async () => {
  using vault = await edited((db) =>
    db.exec(`INSERT INTO materials (version_row, sealed) VALUES (${rowOf("destroyed", 1)}, randomblob(60))`),
  )
  const { problems } = await vault.ask("vault.verify", {})
  expect(problems).toContainEqual(
    expect.objectContaining({ rule: "material", message: expect.stringMatching(/destroyed/) }),
  )
})

const registerEdits: readonly (readonly [rule: string, what: string, sql: string])[] = [
  [
    "keyrings",
    "two keyrings have each other's names",
    "UPDATE keyrings SET name = iif(name = 'personal', 'x', 'personal'); UPDATE keyrings SET name = 'production' WHERE name = 'x'",
  ],
  ["keyrings", "a keyring has a new name", "UPDATE keyrings SET name = 'staging' WHERE name = 'production'"],
  ["keyrings", "a keyring is gone", "DELETE FROM keyrings WHERE name = 'production'"],
  [
    "keyrings",
    "a keyring's KEK is another",
    "UPDATE keyring_keks SET wrapped = randomblob(60) WHERE keyring_id = (SELECT id FROM keyrings WHERE name = 'production')",
  ],
  [
    "keyrings",
    "a keyring's KEK is gone",
    "DELETE FROM keyring_keks WHERE keyring_id = (SELECT id FROM keyrings WHERE name = 'production')",
  ],
  ["backups", "a backup is not on record", "DELETE FROM backups"],
  ["backups", "a backup lies elsewhere", "UPDATE backups SET path = '/dev/null'"],
  [
    "backups",
    "a backup that never was is on record",
    "INSERT INTO backups (id, path, created_at, keys, versions, audit_seq, audit_hash) SELECT 'x', path, created_at, keys, versions, audit_seq, audit_hash FROM backups",
  ],
  ["backups", "a failed restore drill passes for a good one", "UPDATE backup_drills SET problem = NULL"],
  ["backups", "a restore drill is of another day", "UPDATE backup_drills SET at = '2020-01-01T00:00:00.000Z'"],
  ["backups", "a restore drill is not on record", "DELETE FROM backup_drills"],
  ["examined", "a weak key passes for a sound one", "DELETE FROM examined WHERE weakness IS NOT NULL"],
  ["examined", "a weakness is another", "UPDATE examined SET weakness = 'small-exponent' WHERE weakness IS NOT NULL"],
  [
    "examined",
    "a sound key passes for a weak one",
    `INSERT INTO examined (version_row, weakness) VALUES (${rowOf("signer", 1)}, 'roca')`,
  ],
  ["examined", "a key has no mark any more", `DELETE FROM examined WHERE version_row = ${rowOf("other", 1)}`],
  [
    "examined",
    "a key has another one's mark",
    `UPDATE examined SET mark = (SELECT mark FROM examined WHERE version_row = ${rowOf("victim", 1)}) WHERE version_row = ${rowOf("other", 1)}`,
  ],
  ["search", "a key can't be found", "DELETE FROM key_search WHERE rowid = 1"],
  ["search", "a key is found by what is not its own", "INSERT INTO key_search (rowid, name) VALUES (999, 'phantom')"],
]

test.for(registerEdits)("%s: verifying finds that %s", async ([rule, , sql]) => {
  using vault = await edited((db) => db.exec(sql))
  const { ok, problems } = await vault.ask("vault.verify", {})
  expect(ok).toBe(false)
  expect(problems.map((problem) => problem.rule)).toContain(rule)
  expect(vault.bugs).toEqual([])
})

const stateEdits: readonly (readonly [what: string, sql: string])[] = [
  ["the state record is gone", "DELETE FROM settings WHERE name = 'state'"],
  ["the state record is no JSON", "UPDATE settings SET value = 'x' WHERE name = 'state'"],
  ["the generation is another", "UPDATE settings SET value = json_set(value, '$.generation', 1) WHERE name = 'state'"],
  ["the count of keys is another", "UPDATE settings SET value = json_set(value, '$.keys', 1) WHERE name = 'state'"],
  [
    "the count of versions is another",
    "UPDATE settings SET value = json_set(value, '$.versions', 1) WHERE name = 'state'",
  ],
  ["the log's end is elsewhere", "UPDATE settings SET value = json_set(value, '$.seq', 2) WHERE name = 'state'"],
  ["a key is gone", "DELETE FROM keys WHERE name = 'other'"],
  ["a version is gone", "DELETE FROM key_versions WHERE row = 2"],
  ["the headers on record are no JSON", "UPDATE settings SET value = '[' WHERE name = 'headers'"],
  ["the headers on record are no list", "UPDATE settings SET value = '7' WHERE name = 'headers'"],
]

test.for(stateEdits)("when %s, the vault is not opened", async ([, sql]) => {
  using vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), (db) => db.exec(sql))
  expect(await vault.unlockRefusal()).toMatchObject({ code: "INTEGRITY_FAILED" })
  expect(vault.bugs).toEqual([])
})

test("a vault that was made another instance, so that no anchor knows it, is found", async () => {
  const sql = "UPDATE settings SET value = json_set(value, '$.instanceId', ?) WHERE name = 'state'"
  using vault = await edited((db) => db.prepare(sql).run(crypto.randomUUID()))
  const { problems } = await vault.ask("vault.verify", {})
  expect(problems.map(({ rule }) => rule)).toEqual(["state"])
})

import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { sharedMaterials } from "../../main/store/shared-materials.ts"
import type { VaultDb } from "../../main/store/vault-database.ts"
import { KeyState } from "../../preload/contract/values.ts"
import { SeededRandom } from "../support/seeded-random.ts"
import { editDatabase, internalsOf, type VaultInternals } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

const keys = 8
const working = ["pre-active", "active", "suspended"]

let vault: TestVault
let internals: VaultInternals

beforeAll(async () => {
  vault = await TestVault.create()
  for (let number = 1; number <= keys; number += 1) {
    await vault.generate(`key ${number}`)
    await vault.ask("key.rotate", { name: `key ${number}` })
  }
  vault.lock()
  internals = await internalsOf(vault.path)
})

afterAll(() => vault[Symbol.dispose]())

/** Few materials for many versions, in keys of all kinds of states. */
function shuffle(db: VaultDb, random: SeededRandom): void {
  const setKey = db.prepare("UPDATE keys SET state = ?, environment = ? WHERE row = ?")
  for (let row = 1; row <= keys; row += 1)
    setKey.run(random.oneOf(KeyState.options), random.oneOf([null, "test", "live"]), row)
  const setVersion = db.prepare("UPDATE key_versions SET fingerprint = ?, destroyed_at = ? WHERE row = ?")
  const setMark = db.prepare("INSERT OR REPLACE INTO examined (version_row, mark, weakness) VALUES (?, ?, NULL)")
  for (let row = 1; row <= 2 * keys; row += 1) {
    setVersion.run(
      random.oneOf([null, "SHA256:A", "SHA256:a", "SHA256:b", "SHA256:c"]),
      random.oneOf([null, null, "2026-01-01"]),
      row,
    )
    setMark.run(row, random.oneOf([null, Buffer.of(0x00), Buffer.of(0x0a), Buffer.of(0xf0), Buffer.of(0xf0, 0x00)]))
  }
}

const Versions = z.array(
  z.object({
    key: z.int(),
    state: z.string(),
    mark: z.instanceof(Uint8Array).nullable(),
    fingerprint: z.string().nullable(),
    destroyed: z.string().nullable(),
  }),
)
type Version = z.infer<typeof Versions>[number]

/** By looking at each version, which keys that work have each material. */
function expected(db: VaultDb): number[][] {
  const versions = Versions.parse(
    db
      .prepare(`
        SELECT keys.row AS key, keys.state AS state, mark, fingerprint, destroyed_at AS destroyed
        FROM key_versions JOIN keys ON keys.row = key_row LEFT JOIN examined ON version_row = key_versions.row
        ORDER BY keys.row`)
      .all(),
  ).filter(({ state }) => working.includes(state))
  const groups = (materialOf: (version: Version) => string | null): number[][] =>
    [...Map.groupBy(versions, materialOf)]
      .filter(([material]) => material !== null)
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
      .map(([, holders]) => [...new Set(holders.map(({ key }) => key))])
      .filter(({ length }) => length > 1)
  return [
    ...groups(({ mark }) => (mark === null ? null : Buffer.from(mark).toString("hex"))),
    ...groups(({ fingerprint, destroyed }) => (destroyed === null ? fingerprint : null)),
  ]
}

test("keys that work and share material are those that looking at each version finds", () => {
  const random = new SeededRandom()
  let found = 0
  for (let round = 1; round <= 100; round += 1) {
    editDatabase(internals, (db) => {
      db.transaction(() => shuffle(db, random))()
      const shared = sharedMaterials(db).map((holders) => holders.map(({ row }) => row))
      expect(shared, `seed ${random.seed}, round ${round}`).toEqual(expected(db))
      found += shared.length
    })
  }
  expect(found).toBeGreaterThan(100)
})

import { z } from "zod"
import type { HygieneFinding } from "../../preload/contract/report.ts"
import { Algorithm, Purpose } from "../../preload/contract/values.ts"
import { Turns } from "../crypto/turns.ts"
import { deprecatedAlgorithms } from "../domain/hygiene.ts"
import type { HygieneFinder, HygieneKey, HygieneMoments } from "../domain/report-source.ts"
import { countBefore } from "./audit-log.ts"
import { isNotReplaced } from "./backup-register.ts"
import { isAcrossEnvironments, isForSeveralPurposes, type SharedMaterial, sharedMaterials } from "./shared-materials.ts"
import { usesOfKey } from "./usage-pages.ts"
import type { VaultDb } from "./vault-database.ts"

/** So many keys are looked at in one piece: a few milliseconds. */
const spanRows = 2000
/** Names that are told of other keys with the same material. */
const namesTold = 3

const working = "keys.state IN ('pre-active', 'active', 'suspended')"
const Count = z.int()
const Rows = z.array(z.int())
const Found = z.object({
  row: z.int(),
  name: z.string(),
  keyring: z.string(),
  owner: z.string().nullable(),
  environment: z.string().nullable(),
  algorithm: Algorithm,
  purpose: Purpose,
  createdAt: z.string(),
  weakness: z.string().nullable(),
})

/** Of keys with that finding: which they are, and how many. What few keys have is found by an index, what many have by going through all. */
export function hygieneFinder(db: VaultDb, finding: HygieneFinding, moments: HygieneMoments): HygieneFinder {
  const { now, unusedSince, madeBefore } = moments
  switch (finding) {
    case "weak":
      return listed(db, () => rowsOf(db, weakRows))
    case "deprecated":
      return listed(db, () => rowsOf(db, deprecatedRows, ...deprecatedAlgorithms))
    case "due":
      return listed(db, () => rowsOf(db, dueRows, now, now))
    case "same-material":
      return shared(db, () => true)
    case "across-environments":
      return shared(db, isAcrossEnvironments)
    case "too-broad":
      return shared(db, isForSeveralPurposes)
    case "never-backed-up":
      return walked(db, ...notBackedUp(db))
    case "never-rotated":
      return walked(db, "keys.created_at < ? AND current_version = 1 AND keys.purpose <> 'wallet'", madeBefore)
    case "never-used":
      return walked(db, `keys.state <> 'pre-active' AND NOT EXISTS (SELECT 1 ${usesOfKey} = keys.id)`)
    case "unused":
      return walked(db, unused, unusedSince, countBefore(db, unusedSince))
    case "orphaned":
      return walked(db, `has_owner = 0 AND ${unused}`, unusedSince, countBefore(db, unusedSince))
  }
}

const weakRows = `SELECT DISTINCT keys.row FROM examined INDEXED BY examined_by_weakness
  CROSS JOIN key_versions ON key_versions.row = version_row CROSS JOIN keys ON keys.row = key_row WHERE weakness IS NOT NULL AND ${working} ORDER BY keys.row`
const deprecatedRows = `SELECT row FROM keys INDEXED BY keys_by_kind
  WHERE algorithm IN (${deprecatedAlgorithms.map(() => "?").join(", ")}) AND ${working} ORDER BY row`
/** As in their indexes. */
const dueRows = `
  SELECT row FROM keys INDEXED BY keys_by_rotation WHERE ifnull(next_rotation_at, '~') <= ? AND state = 'active'
  UNION SELECT row FROM keys INDEXED BY keys_by_expiry WHERE expires_at <= ? AND ${working} ORDER BY row`
const unused = `keys.state <> 'pre-active' AND keys.created_at < ?
  AND NOT EXISTS (SELECT 1 ${usesOfKey} = keys.id AND seq > ?)`

/**
 * A backup that is there holds the first versions and keys, as their rows are numbered. Of a later key it holds nothing; of one of these it holds the
 * current version, unless that is a later one.
 */
function notBackedUp(db: VaultDb): readonly [where: string, ...values: number[]] {
  const held = Count.parse(
    db
      .prepare(`SELECT coalesce(max(versions), 0) FROM backups WHERE destroyed_at IS NULL AND ${isNotReplaced}`)
      .pluck()
      .get(),
  )
  const lastKey = db
    .prepare("SELECT key_row FROM key_versions WHERE row <= ? AND version = 1 ORDER BY row DESC LIMIT 1")
    .pluck()
    .get(held)
  const later = `EXISTS (SELECT 1 FROM key_versions
    WHERE key_row = keys.row AND version = current_version AND key_versions.row > ?)`
  return [
    `keys.location = 'vault' AND (keys.row > ? OR (current_version > 1 AND ${later}))`,
    Count.parse(lastKey ?? 0),
    held,
  ]
}

function rowsOf(db: VaultDb, sql: string, ...values: readonly string[]): readonly number[] {
  return Rows.parse(
    db
      .prepare(sql)
      .pluck()
      .all(...values),
  )
}

/** @param rows - in ascending order */
function listed(db: VaultDb, rows: () => readonly number[], others: Others = () => alone): HygieneFinder {
  const one = db.prepare(`${selectFound()} WHERE keys.row = ?`)
  return {
    count: async () => rows().length,
    keys: async (after, limit) =>
      rows()
        .filter((row) => row > after)
        .slice(0, limit)
        .map((row) => found(one.get(row), others)),
  }
}

function shared(db: VaultDb, isMeant: (holders: SharedMaterial) => boolean): HygieneFinder {
  const groups = new Map(
    sharedMaterials(db)
      .filter(isMeant)
      .flatMap((holders) => holders.map(({ row }) => [row, holders] as const)),
  )
  const rows = [...groups.keys()].sort((one, other) => one - other)
  return listed(
    db,
    () => rows,
    (row) => {
      const names = (groups.get(row) ?? []).filter((holder) => holder.row !== row).map(({ name }) => name)
      return { keys: names.length, names: names.slice(0, namesTold) }
    },
  )
}

/** @param where - of a row of `keys` */
function walked(db: VaultDb, where: string, ...values: readonly (string | number)[]): HygieneFinder {
  const span = `keys.row > ? AND keys.row <= ? AND ${working} AND ${where}`
  const last = Count.parse(db.prepare("SELECT coalesce(max(row), 0) FROM keys").pluck().get())
  return {
    async count() {
      const counted = db.prepare(`SELECT count(*) FROM keys INDEXED BY keys_in_rows WHERE ${span}`).pluck()
      const turns = new Turns()
      let sum = 0
      for (let start = 0; start < last; start += spanRows) {
        sum += Count.parse(counted.get(start, start + spanRows, ...values))
        await turns.breathe()
      }
      return sum
    },
    async keys(after, limit) {
      const page = db.prepare(`${selectFound("INDEXED BY keys_in_rows")} WHERE ${span} ORDER BY keys.row LIMIT ?`)
      const turns = new Turns()
      const keys: HygieneKey[] = []
      for (let start = after; start < last && keys.length < limit; start += spanRows) {
        const rows = page.all(start, start + spanRows, ...values, limit - keys.length)
        for (const row of rows) keys.push(found(row, () => alone))
        await turns.breathe()
      }
      return keys
    },
  }
}

type Others = (row: number) => HygieneKey["others"]

const alone = { keys: 0, names: [] } as const

/** @param by - which index finds the rows, where it is not their number */
const selectFound = (by = "") => `
  SELECT keys.row AS row, keys.name AS name, keyrings.name AS keyring, owner, environment, algorithm, keys.purpose AS purpose,
    keys.created_at AS createdAt, (SELECT weakness FROM key_versions JOIN examined ON version_row = key_versions.row
      WHERE key_row = keys.row AND weakness IS NOT NULL ORDER BY version DESC LIMIT 1) AS weakness
  FROM keys ${by} JOIN keyrings ON keyrings.id = keyring_id`

function found(raw: unknown, others: Others): HygieneKey {
  const key = Found.parse(raw)
  return { ...key, others: others(key.row) }
}

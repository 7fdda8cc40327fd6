import { z } from "zod"
import type { VaultDb } from "./vault-database.ts"

const Holder = z.object({
  row: z.int(),
  name: z.string(),
  purpose: z.string(),
  environment: z.string().nullable(),
})
type Holder = z.infer<typeof Holder>

/** Keys that work and have a version with the same material: the same mark, or the same public key. */
export type SharedMaterial = readonly Holder[]

const working = "state IN ('pre-active', 'active', 'suspended')"

/** Which marks, and which fingerprints, are there more than once is told by their indexes alone. */
const sources = [
  {
    twice: "SELECT mark FROM examined WHERE mark IS NOT NULL GROUP BY mark HAVING count(*) > 1",
    of: "examined JOIN key_versions ON key_versions.row = version_row JOIN keys ON keys.row = key_row WHERE mark = ?",
  },
  {
    twice:
      "SELECT fingerprint FROM key_versions WHERE fingerprint IS NOT NULL GROUP BY fingerprint HAVING count(*) > 1",
    of: "key_versions JOIN keys ON keys.row = key_row WHERE fingerprint = ? AND destroyed_at IS NULL",
  },
] as const

/** Versions of one key may have the same material, as after a rotation to what was there: that is one key. */
export function sharedMaterials(db: VaultDb): SharedMaterial[] {
  return sources.flatMap(({ twice, of }) => {
    const holders = db.prepare(
      `SELECT DISTINCT keys.row AS row, name, purpose, environment FROM ${of} AND keys.${working} ORDER BY keys.row`,
    )
    return db
      .prepare(twice)
      .pluck()
      .all()
      .map((value) => z.array(Holder).parse(holders.all(value)))
      .filter(({ length }) => length > 1)
  })
}

export function isAcrossEnvironments(holders: SharedMaterial): boolean {
  return new Set(holders.flatMap(({ environment }) => environment ?? [])).size > 1
}

/** One key, one job: the same material under two purposes is a key with two. */
export function isForSeveralPurposes(holders: SharedMaterial): boolean {
  return new Set(holders.map(({ purpose }) => purpose)).size > 1
}

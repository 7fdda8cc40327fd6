import { z } from "zod"
import type { VaultDb } from "./vault-database.ts"

const Holder = z.object({
  material: z.string(),
  row: z.int(),
  name: z.string(),
  purpose: z.string(),
  environment: z.string().nullable(),
})
type Holder = z.infer<typeof Holder>

/** Keys that work and have a version with the same material: the same mark, or the same public key. */
export type SharedMaterial = readonly Holder[]

const working = "state IN ('pre-active', 'active', 'suspended')"

/**
 * What there is more than once, and which keys have it. An index tells which fingerprints are; marks have none, since it would be
 * written all over the file with every key that is made, and are sorted for it (migration 15).
 */
const sources = [
  `WITH twice AS (SELECT mark FROM examined WHERE mark IS NOT NULL GROUP BY mark HAVING count(*) > 1)
   SELECT DISTINCT hex(mark) AS material, keys.row AS row, name, purpose, environment FROM examined
   JOIN key_versions ON key_versions.row = version_row JOIN keys ON keys.row = key_row
   WHERE mark IN twice`,
  `WITH twice AS (
     SELECT fingerprint FROM key_versions WHERE fingerprint IS NOT NULL GROUP BY fingerprint HAVING count(*) > 1)
   SELECT DISTINCT fingerprint AS material, keys.row AS row, name, purpose, environment FROM key_versions
   JOIN keys ON keys.row = key_row WHERE fingerprint IN twice AND destroyed_at IS NULL`,
]

/** Versions of one key may have the same material, as after a rotation to what was there: that is one key. */
export function sharedMaterials(db: VaultDb): SharedMaterial[] {
  return sources.flatMap((source) => {
    const holders = db.prepare(`${source} AND keys.${working} ORDER BY material, keys.row`).all()
    const byMaterial = Map.groupBy(z.array(Holder).parse(holders), ({ material }) => material)
    return [...byMaterial.values()].filter(({ length }) => length > 1)
  })
}

export function isAcrossEnvironments(holders: SharedMaterial): boolean {
  return new Set(holders.flatMap(({ environment }) => environment ?? [])).size > 1
}

/** One key, one job: the same material under two purposes is a key with two. */
export function isForSeveralPurposes(holders: SharedMaterial): boolean {
  return new Set(holders.map(({ purpose }) => purpose)).size > 1
}

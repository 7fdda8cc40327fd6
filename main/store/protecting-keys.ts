import { z } from "zod"
import { Algorithm, Duration, type KeyState, Purpose } from "../../preload/contract/values.ts"
import type { ProtectingKind } from "../domain/report-source.ts"
import type { VaultDb } from "./vault-database.ts"

const Kinds = z.array(
  z.object({
    algorithm: Algorithm,
    purpose: Purpose,
    keyringId: z.string(),
    keyring: z.string(),
    protectFor: Duration.nullable(),
    keys: z.int(),
  }),
)
const Keys = z.array(z.object({ name: z.string(), owner: z.string().nullable() }))

const marksFor = (states: readonly KeyState[]): string => states.map(() => "?").join(", ")

/** How many keys there are of each kind, told by their index alone. */
export function countProtecting(db: VaultDb, states: readonly KeyState[]): (ProtectingKind & { keys: number })[] {
  const sql = `
    SELECT algorithm, kinds.purpose AS purpose, keyring_id AS keyringId, name AS keyring, protect_for AS protectFor, keys FROM (
      SELECT algorithm, purpose, keyring_id, protect_for, count(*) AS keys FROM keys INDEXED BY keys_by_kind
      WHERE +state IN (${marksFor(states)}) GROUP BY algorithm, purpose, keyring_id, protect_for
    ) AS kinds JOIN keyrings ON keyrings.id = keyring_id ORDER BY algorithm, kinds.purpose, keyring, protectFor`
  return Kinds.parse(db.prepare(sql).all(...states))
}

/** The first keys of a kind, in the order in which they were made. */
export function protectingKeys(
  db: VaultDb,
  { algorithm, purpose, keyringId, protectFor }: ProtectingKind,
  states: readonly KeyState[],
  limit: number,
): { name: string; owner: string | null }[] {
  const sql = `SELECT name, owner FROM keys INDEXED BY keys_by_kind
    WHERE algorithm = ? AND purpose = ? AND state IN (${marksFor(states)}) AND keyring_id = ? AND protect_for IS ?
    ORDER BY row LIMIT ?`
  return Keys.parse(db.prepare(sql).all(algorithm, purpose, ...states, keyringId, protectFor, limit))
}

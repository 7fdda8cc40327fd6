import { z } from "zod"
import { Turns } from "../crypto/turns.ts"
import type { UsagePage } from "../domain/report-source.ts"
import { usingActions } from "../domain/use-watch.ts"
import { countBefore } from "./audit-log.ts"
import type { VaultDb } from "./vault-database.ts"

/** So many keys are looked at in one piece: a few milliseconds. */
const spanRows = 2000

const isTrue = z.int().transform((number) => number === 1)
const flags = { isNeverUsed: isTrue, isIdle: isTrue, hasOwner: isTrue }
const Groups = z.array(z.object({ ...flags, keys: z.int() }))
const Notable = z.array(
  z.object({
    ...flags,
    id: z.string(),
    name: z.string(),
    keyring: z.string(),
    owner: z.string().nullable(),
    createdAt: z.string(),
  }),
)

/** A use of a key. The actions are named as in the index. */
export const usesOfKey = `FROM audit INDEXED BY audit_by_use
  WHERE outcome = 'done' AND action IN (${usingActions.map((action) => `'${action}'`).join(", ")}) AND key_id`

/** Whether a use is older than a moment is asked by its number in the log, which is in the index. */
export async function* usagePages(
  db: VaultDb,
  since: string,
  keyring: string | undefined,
  limit: number,
): AsyncGenerator<UsagePage> {
  const first = countBefore(db, since)
  const flagsOf = `NOT EXISTS (SELECT 1 ${usesOfKey} = keys.id) AS isNeverUsed,
    keys.created_at < ? AND NOT EXISTS (SELECT 1 ${usesOfKey} = keys.id AND seq > ?) AS isIdle, has_owner AS hasOwner`
  // Counting needs no more than what the index holds.
  const working = `FROM keys INDEXED BY keys_in_rows JOIN keyrings ON keyrings.id = keyring_id
    WHERE keys.row > ? AND keys.row <= ? AND keys.state IN ('active', 'suspended')
      ${keyring === undefined ? "" : "AND +keyrings.name = ?"}`
  const groups = db.prepare(`SELECT ${flagsOf}, count(*) AS keys ${working} GROUP BY 1, 2, 3`)
  const notable = db.prepare(`
    SELECT isNeverUsed, isIdle, hasOwner, id, name, keyring, owner, createdAt FROM (SELECT ${flagsOf}, keys.row AS row, keys.id AS id, keys.name AS name, keyrings.name AS keyring, owner,
      keys.created_at AS createdAt ${working})
    WHERE isNeverUsed OR isIdle ORDER BY row LIMIT ?`)
  const last = z.int().parse(db.prepare("SELECT coalesce(max(row), 0) FROM keys").pluck().get())
  const turns = new Turns()
  let wanted = limit
  for (let start = 0; start < last; start += spanRows) {
    const values = [since, first, start, start + spanRows, ...(keyring === undefined ? [] : [keyring])]
    const listed = wanted === 0 ? [] : Notable.parse(notable.all(...values, wanted))
    wanted -= listed.length
    yield { groups: Groups.parse(groups.all(...values)), notable: listed }
    await turns.breathe()
  }
}

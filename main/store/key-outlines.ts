import { Turns } from "../crypto/turns.ts"
import type { KeyOutline, OutlineFilter } from "../domain/key-outline.ts"
import { toOutline } from "./key-rows.ts"
import { selectOutline } from "./key-statements.ts"
import type { VaultDb } from "./vault-database.ts"

const pageSize = 500

/** The keys that fit, in the order of their rows. */
export async function* keyOutlines(db: VaultDb, filter: OutlineFilter): AsyncGenerator<readonly KeyOutline[]> {
  const { sql, values } = conditionsOf(filter)
  const page = db.prepare(`${selectOutline} WHERE keys.row > ? ${sql} ORDER BY keys.row LIMIT ${pageSize}`)
  const turns = new Turns()
  let after = 0
  for (;;) {
    const rows = page.all(after, ...values).map(toOutline)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.row
    yield rows.map(({ outline }) => outline)
    await turns.breathe()
  }
}

/** With a `+` before a column SQLite goes by the rows: else it would sort all that fit for each page. */
function conditionsOf({ keyring, states, algorithms, purposes }: OutlineFilter) {
  const lists = [
    { column: "keyrings.name", among: keyring === undefined ? undefined : [keyring] },
    { column: "keys.state", among: states },
    { column: "algorithm", among: algorithms },
    { column: "keys.purpose", among: purposes },
  ]
  const wanted = lists.flatMap(({ column, among }) => (among === undefined ? [] : [{ column, among }]))
  return {
    sql: wanted.map(({ column, among }) => ` AND +${column} IN (${among.map(() => "?").join(", ")})`).join(""),
    values: wanted.flatMap(({ among }): readonly string[] => among),
  }
}

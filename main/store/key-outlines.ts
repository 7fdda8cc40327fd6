import { Turns } from "../crypto/turns.ts"
import type { KeyOutline } from "../domain/open-vault.ts"
import { toKeyRow, toOutline } from "./key-rows.ts"
import { selectKey } from "./key-statements.ts"
import type { VaultDb } from "./vault-database.ts"

const pageSize = 500

/** All keys, or those of a keyring, in the order of their rows. */
export async function* keyOutlines(db: VaultDb, keyring: string | undefined): AsyncGenerator<readonly KeyOutline[]> {
  const condition = keyring === undefined ? "" : "AND keyrings.name = ?"
  const page = db.prepare(`${selectKey} WHERE keys.row > ? ${condition} ORDER BY keys.row LIMIT ${pageSize}`)
  const turns = new Turns()
  let after = 0
  for (;;) {
    const rows = page.all(after, ...(keyring === undefined ? [] : [keyring])).map(toKeyRow)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.row
    yield rows.map(toOutline)
    await turns.breathe()
  }
}

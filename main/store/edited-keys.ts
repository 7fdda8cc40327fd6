import { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import type { StoresInUse } from "./stores-in-use.ts"
import { isUnreadable } from "./unreadable-page.ts"

type Inventory = Pick<StoresInUse, "db" | "keys">

const NamedKey = z.object({ row: z.int(), id: z.string(), name: z.string() })
type NamedKey = z.infer<typeof NamedKey>

/** With the key at which it ends, less than 4. */
const turnMs = 3
const pageSize = 256

/**
 * Compares all keys with the log, in the order of their rows, and stops whenever a turn of the event loop is over.
 * @returns of each turn, the keys that are not as the log left them
 */
export function* editedKeys(inventory: Inventory): Generator<readonly NamedKey[], void> {
  let edited: NamedKey[] = []
  let since = performance.now()
  for (const key of namedKeys(inventory)) {
    if (!isAsLogged(inventory, key)) edited.push(key)
    if (performance.now() - since < turnMs) continue
    yield edited
    edited = []
    since = performance.now()
  }
  yield edited
}

/** What is known of a key also where the rest of it can't be read. Where this can't be either, the keys end. */
function* namedKeys(inventory: Inventory): Generator<NamedKey, void> {
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const page = namedPage(inventory, after)
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.row
  }
}

function namedPage({ db }: Inventory, after: number): NamedKey[] {
  try {
    const rows = db.prepare("SELECT row, id, name FROM keys WHERE row > ? ORDER BY row LIMIT ?").all(after, pageSize)
    return z.array(NamedKey).parse(rows)
  } catch (error) {
    if (isUnreadable(error)) return []
    throw error
  }
}

/** Whoever finds a key has it compared. */
function isAsLogged({ keys }: Inventory, { id }: NamedKey): boolean {
  try {
    return keys.findById(id) !== null
  } catch (error) {
    if (isUnreadable(error) || (error instanceof VaultError && error.code === "INTEGRITY_FAILED")) return false
    throw error
  }
}

import { inspect } from "./inspection.ts"
import { moveDatabase } from "./rekey-database.ts"
import type { VaultDb } from "./vault-database.ts"
import { readVaultState, type VaultState } from "./vault-state.ts"

/** What holds an event loop for seconds in a large vault, most of it in one call of SQLite: see `callInThread`. */
const longCalls = {
  inspect,
  compact(db: VaultDb): void {
    db.exec("VACUUM")
  },
  /** Copies the database, its pages encrypted under the same key. @returns where the vault stands in the copy */
  copyTo(db: VaultDb, path: string): VaultState {
    db.prepare("VACUUM INTO ?").run(path)
    return readVaultState(db)
  },
  rekey: moveDatabase,
}

type LongCalls = typeof longCalls
export type LongCallName = keyof LongCalls
export type LongCallInput<Name extends LongCallName> = Parameters<LongCalls[Name]>[1]
export type LongCallResult<Name extends LongCallName> = LongCallResults[Name]
type LongCallResults = { readonly [Name in LongCallName]: Awaited<ReturnType<LongCalls[Name]>> }

/** In a database of less than a mebibyte the longest of them ends within a frame or two, sooner than a thread starts. */
const pagesOfSmall = 256

export function isSmall(db: VaultDb): boolean {
  return Number(db.pragma("page_count", { simple: true })) < pagesOfSmall
}

export async function makeLongCall<Name extends LongCallName>(
  db: VaultDb,
  call: Name,
  input: LongCallInput<Name>,
): Promise<LongCallResult<Name>> {
  // Name, input and result belong together by their types; the compiler can't follow them through the table.
  const make = longCalls[call] as (db: VaultDb, input: LongCallInput<Name>) => Promise<LongCallResult<Name>>
  return await make(db, input)
}

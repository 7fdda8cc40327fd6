import type { LongOperation } from "../../preload/contract/announcements.ts"
import type { Removed } from "../../preload/contract/removed.ts"
import type { Dispatch } from "./dispatch.ts"

/** Claviger as its doors see it: one way to ask, and what only a door knows the time for. */
export interface Claviger {
  readonly dispatch: Dispatch
  /** Everything asked between `begin` and `commit` becomes durable at once; `rollback` undoes it. */
  readonly group: { begin(): void; commit(): void; rollback(): void }
  isUnlocked(): boolean
  /** Ends a long operation that goes on, such as that on a large file, and no other: it fails with `CANCELLED`, and leaves nothing behind. */
  cancel(of: LongOperation): void
  /** Which opening of a vault this is, counted; `null` while there is none: what was allowed in one is not in the next. */
  visit(): number | null
  /**
   * Whether the library that a token's URI names shows that token, looked at when the calls that go on are done. `null` when nobody can
   * tell, and while no vault is open.
   */
  isTokenShown(uri: string): Promise<boolean | null>
  /** Logs why the vault is about to be locked. It is locked all the same where that can't be written. */
  noteRemoval(removed: Removed): void
  /**
   * Checks the `passphrase` in what somebody asks, by the work of unlocking: to be done before what a door lets nobody do who
   * merely found the vault open.
   */
  readonly reauthenticate: Dispatch
  /** Locks the vault and wipes every secret; garbage goes with the process, which is to end now. May be repeated. */
  close(): void
}

import type { Dispatch } from "./dispatch.ts"

/** Claviger as its doors see it: one way to ask, and the two things that only a door knows the time for. */
export interface Claviger {
  readonly dispatch: Dispatch
  /** Everything asked between `begin` and `commit` becomes durable at once; `rollback` undoes it. */
  readonly group: { begin(): void; commit(): void; rollback(): void }
  isUnlocked(): boolean
  /** Locks the vault and wipes every secret; garbage goes with the process, which is to end now. May be repeated. */
  close(): void
}

import type { Outcome } from "../../preload/contract/audit.ts"
import type { Key } from "./key.ts"

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json }

/** What is recorded of an operation, without secrets. */
export interface AuditEntry {
  /** The operation's name, as in the contract. */
  readonly action: string
  /** What it was done to: a key's or keyring's name, a path; `null` for the vault itself. */
  readonly target: string | null
  readonly outcome?: Outcome
  /** Where the target is a key: the key as it is left behind. The row carries its id and the hash of all of it. */
  readonly key?: Key
  /** Where a key was only used: its id. The row carries the hash of the key as it is in the inventory. */
  readonly usedKeyId?: string
  readonly detail?: { readonly [member: string]: Json }
}

/** Where a chain ends: the number of its last row and that row's SHA-256 (32 bytes). */
export interface ChainHead {
  readonly seq: number
  readonly hash: Uint8Array
}

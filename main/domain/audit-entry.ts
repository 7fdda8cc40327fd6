/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json }

/** What is recorded of an operation, without secrets. */
export interface AuditEntry {
  /** The operation's name, as in the contract. */
  readonly action: string
  /** What it was done to: a key's or keyring's name, a path; `null` for the vault itself. */
  readonly target: string | null
  readonly outcome?: "done" | "denied" | "failed"
  /** Set where the target is a key: the row then carries the hash of what it leaves behind. */
  readonly keyId?: string
  readonly detail?: { readonly [member: string]: Json }
}

/** Where a chain ends: the number of its last row and that row's SHA-256 (32 bytes). */
export interface ChainHead {
  readonly seq: number
  readonly hash: Uint8Array
}

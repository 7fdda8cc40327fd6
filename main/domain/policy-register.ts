import type { PolicyFile } from "../../preload/contract/policy-file.ts"
import type { Policy } from "./policy-profiles.ts"

/** A keyring, as far as what is kept of it needs to know. */
export type KeyringPlace = { readonly id: string; readonly name: string }

/** A policy that was set once. */
export interface PolicyVersion {
  readonly version: number
  readonly at: string
  /** SHA-256 over the RFC 8785 form of what is stated, hexadecimal. */
  readonly hash: string
  readonly stated: PolicyFile
}

/** The policies of keyrings: versions are added, none is changed or lost. */
export interface PolicyRegister {
  /** What holds now. @throws `INTEGRITY_FAILED` when it is not what the log says was set last */
  of(keyring: KeyringPlace): Policy
  /** `null` before any was set. @throws `INTEGRITY_FAILED` */
  current(keyring: KeyringPlace): PolicyVersion | null
  /** The newest first. */
  history(keyring: KeyringPlace): PolicyVersion[]
  /** To be done in the transaction whose row in the log says so. */
  add(keyring: KeyringPlace, stated: PolicyFile, at: string): PolicyVersion
}

import type { Secret } from "../../domain/secret.ts"

/** The file key, wrapped for one recipient (age, "Recipient stanza"). */
export interface Stanza {
  /** The first argument: what kind of recipient. */
  readonly type: string
  /** The others. */
  readonly args: readonly string[]
  readonly body: Uint8Array
}

/** For whom a file is encrypted. */
export interface Recipient {
  /** @param fileKey - 16 bytes; stays the caller's */
  wrap(fileKey: Secret): Promise<Stanza>
}

/** Who may open a file. */
export interface Identity {
  /**
   * The file key, if one of the stanzas was made for this identity; stanzas of other kinds are passed over.
   * @throws INVALID_INPUT when one of its own kind is malformed
   */
  unwrap(stanzas: readonly Stanza[]): Promise<Secret | null>
}

/** Bytes of a file key. */
export const fileKeySize = 16

import type { Secret } from "./secret.ts"

/** A keyslot that a key in a token opens. */
export interface TokenSlotRecord {
  readonly id: string
  /** Without a label, its id. */
  readonly name: string
  readonly uri: string
}

export interface TokenSlots {
  list(): readonly TokenSlotRecord[]
  /**
   * Has the token come to what opens that keyslot; what a passphrase does besides can't be tried without it.
   * @param pin - stays the caller's
   * @throws as tokens do
   */
  try(id: string, pin: Secret | null): Promise<void>
}

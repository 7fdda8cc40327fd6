import type { Secret } from "../domain/secret.ts"
import type { HoldingTokens } from "../domain/token-access.ts"
import { VaultError } from "../domain/vault-error.ts"

/** Where the master key lives while the vault is open: lent as short copies, wiped at the end. */
export interface SecretKeeper extends Disposable {
  open(): Secret
}

/** What the store needs from outside. */
export interface Surroundings {
  /** The user's configuration folder: anchors and failed attempts live there, outside the vault. */
  readonly configDirectory: string
  /** Who acts, as the log names them. */
  readonly actor: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** For how many milliseconds to wait while another program has the vault open (0). */
  readonly patience?: number | undefined
  /** Moves a secret to where it may live long; does not take it over. */
  readonly keep: (secret: Secret) => SecretKeeper
  /** Those that hold keyrings; without any, such keyrings can't be used. */
  readonly tokens?: (() => Promise<HoldingTokens>) | undefined
}

export function noTokens(): Promise<HoldingTokens> {
  return Promise.reject(new VaultError("TOKEN_ABSENT"))
}

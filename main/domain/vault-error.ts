import type { FailureCode } from "../../preload/contract/failure.ts"

/** A failure the user can act on. Whatever else is thrown is a bug. */
export class VaultError extends Error {
  override readonly name = "VaultError"
  readonly code: FailureCode
  readonly detail: string | undefined

  /** @param detail - names a field, a rule, a file or a key; never a secret, never a received value */
  constructor(code: FailureCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options)
    this.code = code
    this.detail = detail
  }
}

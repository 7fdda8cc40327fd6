import type { CallCounts } from "../domain/token-port.ts"
import { VaultError } from "../domain/vault-error.ts"

/** Counts what tokens are asked for, and what of it fails by their fault, from one look at the counts to the next. */
export class CallCounter {
  readonly #counts = new Map<string, { calls: number; errors: number }>()

  async count<Result>(token: string, call: () => Promise<Result>): Promise<Result> {
    const counts = this.#counts.get(token) ?? { calls: 0, errors: 0 }
    this.#counts.set(token, counts)
    counts.calls += 1
    try {
      return await call()
    } catch (error) {
      if (isOfToken(error)) counts.errors += 1
      throw error
    }
  }

  take(token: string): CallCounts {
    const counts = this.#counts.get(token) ?? { calls: 0, errors: 0 }
    this.#counts.delete(token)
    return counts
  }
}

/** A wrong PIN, or a request that makes no sense, says nothing about the token. */
function isOfToken(error: unknown): boolean {
  return error instanceof VaultError && (error.code === "TOKEN_ERROR" || error.code === "TOKEN_ABSENT")
}

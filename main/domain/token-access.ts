import type { Secret } from "./secret.ts"
import type { TokenPort } from "./token-port.ts"

/** Of tokens, what it takes to come to a secret that a key in one holds. */
export type HoldingTokens = Pick<TokenPort, "find" | "agree" | "decrypt">

/** The way to tokens for one piece of work. The PIN that came with it is tried once, whatever it is tried for. */
export class TokenAccess implements Disposable {
  /** Loaded when a token is first asked for. */
  readonly tokens: () => Promise<HoldingTokens>
  readonly #pin: Secret | null
  #isSpent = false

  /** Takes the PIN over. */
  constructor(tokens: () => Promise<HoldingTokens>, pin: Secret | null) {
    this.tokens = tokens
    this.#pin = pin
  }

  get hasPin(): boolean {
    return this.#pin !== null && !this.#isSpent
  }

  /** The PIN, the first time; from then on the login that came of it has to do. */
  takePin(): Secret | null {
    const pin = this.hasPin ? this.#pin : null
    this.#isSpent = true
    return pin
  }

  [Symbol.dispose](): void {
    this.#pin?.[Symbol.dispose]()
  }
}

import type { Preferences } from "../../preload/contract/preferences.ts"
import { VaultError } from "../domain/vault-error.ts"

interface TokenRemovalParts {
  readonly preferences: () => Pick<Preferences, "lockOnRemovalOfTokens">
  /** Which opening of a vault this is; `null` while none is open. */
  readonly visit: () => number | null
  /** `null`: the token's library does not say. */
  readonly isShown: (uri: string) => Promise<boolean | null>
  readonly onRemoved: (uri: string) => void
}

/** A library may miss a token once, such as while its reader wakes up. */
const looksToBelieve = 2

/**
 * Notices that a chosen token was pulled out while the vault is open. PKCS#11 tells of that only to who waits inside the library, which
 * nobody else could use meanwhile: so it is looked now and then.
 */
export class TokenRemoval {
  readonly #parts: TokenRemovalParts
  #visit: number | null = null
  /** Of those that were there since the vault was opened, how many answers since then did not have them. */
  readonly #missed = new Map<string, number>()
  /** A library that is at work for long keeps nobody from looking at another one's token. */
  readonly #looking = new Set<string>()

  constructor(parts: TokenRemovalParts) {
    this.#parts = parts
  }

  /** To be called every few seconds. */
  async look(): Promise<void> {
    const { preferences, visit } = this.#parts
    const chosen = preferences().lockOnRemovalOfTokens
    if (visit() !== this.#visit) this.#missed.clear()
    this.#visit = visit()
    for (const uri of this.#missed.keys()) if (!chosen.includes(uri)) this.#missed.delete(uri)
    if (this.#visit === null) return
    await Promise.all(chosen.filter((uri) => !this.#looking.has(uri)).map((uri) => this.#lookFor(uri)))
  }

  async #lookFor(uri: string): Promise<void> {
    const visit = this.#visit
    this.#looking.add(uri)
    try {
      const isShown = await this.#parts.isShown(uri)
      // What was seen in a vault that was locked meanwhile is not about the next one.
      if (this.#parts.visit() === visit && isShown !== null) this.#note(uri, isShown)
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
    } finally {
      this.#looking.delete(uri)
    }
  }

  /** Who has not been there can't be removed: else a vault opened without the token would lock at once. */
  #note(uri: string, isShown: boolean): void {
    const missed = this.#missed.get(uri)
    if (isShown) this.#missed.set(uri, 0)
    else if (missed !== undefined) this.#miss(uri, missed + 1)
  }

  #miss(uri: string, looks: number): void {
    if (looks < looksToBelieve) {
      this.#missed.set(uri, looks)
      return
    }
    this.#missed.delete(uri)
    this.#parts.onRemoved(uri)
  }
}

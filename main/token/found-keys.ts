import type { Handle, PKCS11 } from "pkcs11js"
import { parseTokenUri } from "../domain/token-uri.ts"
import { asksEachTime, findKey } from "./token-keys.ts"
import type { TokenLogins } from "./token-logins.ts"
import type { TokenSession } from "./token-session.ts"

interface FoundKey {
  readonly session: TokenSession
  readonly handle: Handle
  /** Whether it asks for the PIN at each use. */
  readonly asksEachTime: boolean
}

/** More than anybody signs with in turns. */
const mostKeys = 1000

/**
 * Where keys were found, because looking for one takes longer than a signature. It is good as long as the session is, which a token that
 * is pulled or set up anew has ended; and whatever fails is to be looked for again.
 */
export class FoundKeys {
  readonly #pkcs11: PKCS11
  readonly #logins: TokenLogins
  readonly #found = new Map<string, FoundKey>()

  constructor(pkcs11: PKCS11, logins: TokenLogins) {
    this.#pkcs11 = pkcs11
    this.#logins = logins
  }

  /** @throws `NOT_FOUND`, `INVALID_INPUT`, `TOKEN_ABSENT`, `PIN_INCORRECT` … */
  find(text: string, pin: Uint8Array | null): FoundKey {
    const known = this.#found.get(text)
    if (pin === null && known !== undefined && this.#logins.isOpen(known.session)) return known
    this.#found.delete(text)
    const uri = parseTokenUri(text)
    const { session } = this.#logins.asUser(uri, pin)
    const key = findKey(this.#pkcs11, session.handle, uri)
    const found = { session, handle: key.handle, asksEachTime: asksEachTime(key) }
    if (this.#found.size >= mostKeys) this.#found.clear()
    this.#found.set(text, found)
    return found
  }

  forget(text: string): void {
    this.#found.delete(text)
  }
}

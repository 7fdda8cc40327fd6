import type { Handle, PKCS11 } from "pkcs11js"
import { pinIsNeeded } from "../../preload/contract/failure.ts"
import { Secret } from "../domain/secret.ts"
import type { TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken } from "./token-failure.ts"
import { TokenSession } from "./token-session.ts"
import { type TokenInSlot, tokenOf } from "./token-slots.ts"

/**
 * The sessions in which users are logged in, one a token, until it is gone or the process ends. A PIN is tried when somebody gives
 * it, and at no other time.
 */
export class TokenLogins {
  readonly #pkcs11: PKCS11
  readonly #sessions = new Map<string, { readonly slot: Handle; readonly session: TokenSession }>()

  constructor(pkcs11: PKCS11) {
    this.#pkcs11 = pkcs11
  }

  /** A session of the user, by the PIN or by the login of an earlier call. @throws `PIN_INCORRECT` without either */
  asUser(uri: TokenUri, pin: Uint8Array | null): { readonly session: TokenSession; readonly found: TokenInSlot } {
    const found = tokenOf(this.#pkcs11, uri)
    const { token, slot } = found
    const open = this.#sessions.get(token.uri)
    if (pin === null && open !== undefined && open.slot.equals(slot) && this.#isAlive(open.session)) {
      return { session: open.session, found }
    }
    this.end(token.uri)
    if (pin === null && token.userPin === "unset")
      throw new VaultError("TOKEN_ERROR", "its user has no PIN yet: token init-pin")
    if (pin === null && !token.hasPinPad) throw new VaultError("PIN_INCORRECT", pinIsNeeded)
    if (pin !== null && pin.length > token.pinLength.most)
      throw new VaultError("INVALID_INPUT", `pin: this token takes PINs of at most ${token.pinLength.most} bytes`)
    const session = this.#loggedIn(slot, pin)
    this.#sessions.set(token.uri, { slot, session })
    return { session, found }
  }

  /** Whether it is a session that was given out and in which the user is logged in still: a pulled token has ended it. */
  isOpen(session: TokenSession): boolean {
    return [...this.#sessions.values()].some((open) => open.session === session) && this.#isAlive(session)
  }

  /** Whether the user of the token that a URI means is logged in, in a session that the token knows. */
  isOpenFor(uri: TokenUri): boolean {
    const open = this.#sessions.get(tokenOf(this.#pkcs11, uri).token.uri)
    return open !== undefined && this.#isAlive(open.session)
  }

  /** Goes on in a new session: a login holds for all that a program has open. What had been made in the old one is gone. */
  renew(session: TokenSession): void {
    for (const [name, open] of this.#sessions) {
      if (open.session !== session) continue
      try {
        this.#sessions.set(name, { slot: open.slot, session: session.replaced(open.slot) })
      } catch {
        // The token is gone: whoever is next hears it.
        this.end(name)
      }
    }
  }

  /** A session that is nobody's, or the user's where there is one. */
  asAnyone(uri: TokenUri): { readonly session: TokenSession; readonly found: TokenInSlot; readonly end: () => void } {
    const found = tokenOf(this.#pkcs11, uri)
    const open = this.#sessions.get(found.token.uri)
    if (open !== undefined && this.#isAlive(open.session)) return { session: open.session, found, end: () => undefined }
    const session = TokenSession.open(this.#pkcs11, found.slot)
    return { session, found, end: () => session[Symbol.dispose]() }
  }

  /** Nobody is logged in any more: as the SO's work asks for. */
  end(tokenUri: string): void {
    this.#sessions.get(tokenUri)?.session[Symbol.dispose]()
    this.#sessions.delete(tokenUri)
  }

  /** @param pinBytes - `null`: the reader asks for it */
  #loggedIn(slot: Handle, pinBytes: Uint8Array | null): TokenSession {
    using pin = pinBytes === null ? null : Secret.copyOf(pinBytes)
    const session = TokenSession.open(this.#pkcs11, slot)
    try {
      session.login("user", pin)
      // Whoever is not logged in does not see the keys, and would take them for destroyed.
      if (!this.#isAlive(session)) throw new VaultError("TOKEN_ERROR", "it took the PIN and logged nobody in")
      return session
    } catch (error) {
      session[Symbol.dispose]()
      throw error
    }
  }

  /** Whether the token knows the session, and as the user's. */
  #isAlive({ handle }: TokenSession): boolean {
    try {
      const { state } = callToken(() => this.#pkcs11.C_GetSessionInfo(handle))
      return userStates.includes(state)
    } catch {
      return false
    }
  }
}

/** CKS_RO_USER_FUNCTIONS and CKS_RW_USER_FUNCTIONS. */
const userStates = [1, 3]

import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import { pinIsNeeded } from "../../preload/contract/failure.ts"
import { Secret } from "../domain/secret.ts"
import { byId, parseTokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { ContentRefused } from "./token-failure.ts"
import { asksEachTime, findKey } from "./token-keys.ts"
import type { TokenLogins } from "./token-logins.ts"
import { askedByReader, pinText, type TokenSession } from "./token-session.ts"

const { CKU_CONTEXT_SPECIFIC } = pkcs11js

/** A key that was found, and the session in which it may be used. */
export interface KeyUse {
  readonly session: TokenSession
  readonly handle: Handle
  readonly asksEachTime: boolean
  /**
   * To be called between the start and the end of an operation; for a key that asks for its PIN each time
   * (CKA_ALWAYS_AUTHENTICATE) it gives it.
   */
  readonly confirm: () => void
}

interface FoundKey {
  readonly session: TokenSession
  readonly handle: Handle
  readonly asksEachTime: boolean
  readonly hasPinPad: boolean
}

/** More than anybody uses in turns. */
const mostKeys = 1000

/**
 * Uses keys, and remembers where they were found, because looking for one takes longer than a signature. A place is good as long
 * as the session is, which a token that is pulled or set up anew has ended; and whatever fails is to be looked for again.
 */
export class TokenKeyUses {
  readonly #pkcs11: PKCS11
  readonly #logins: TokenLogins
  readonly #found = new Map<string, FoundKey>()

  constructor(pkcs11: PKCS11, logins: TokenLogins) {
    this.#pkcs11 = pkcs11
    this.#logins = logins
  }

  /** @throws `NOT_FOUND`, `INVALID_INPUT`, `TOKEN_ABSENT`, `PIN_INCORRECT` … */
  with<Result>(text: string, pin: Uint8Array | null, act: (use: KeyUse) => Result): Result {
    const { session, handle, asksEachTime: asks, hasPinPad } = this.#find(text, pin)
    try {
      return act({
        session,
        handle,
        asksEachTime: asks,
        confirm: () => (asks ? this.#confirm(session, pin, hasPinPad) : undefined),
      })
    } catch (error) {
      this.#found.delete(text)
      // What failed half-way may be under way in there for good, and then nothing else can begin.
      this.#logins.renew(session)
      throw error
    }
  }

  /** As `with`, for what may not open: then `null`. */
  opening<Result>(text: string, pin: Uint8Array | null, act: (use: KeyUse) => Result): Result | null {
    try {
      return this.with(text, pin, act)
    } catch (error) {
      if (!(error instanceof ContentRefused)) throw error
      // Some say the same of a token that is gone: that is no word about the ciphertext.
      if (this.#logins.isOpenFor(parseTokenUri(text))) return null
      throw error.refusal
    }
  }

  #find(text: string, pin: Uint8Array | null): FoundKey {
    const known = this.#found.get(text)
    if (pin === null && known !== undefined && this.#logins.isOpen(known.session)) return known
    this.#found.delete(text)
    const uri = parseTokenUri(text)
    const { session, found: there } = this.#logins.asUser(uri, pin)
    const key = findKey(this.#pkcs11, session.handle, byId(uri))
    const { hasPinPad } = there.token
    const found = { session, handle: key.handle, asksEachTime: asksEachTime(key), hasPinPad }
    if (this.#found.size >= mostKeys) this.#found.clear()
    this.#found.set(text, found)
    return found
  }

  /** PKCS#11 2.40, section 5.6: right after the start of the operation. */
  #confirm(session: TokenSession, bytes: Uint8Array | null, hasPinPad: boolean): void {
    if (bytes === null && !hasPinPad) throw new VaultError("PIN_INCORRECT", pinIsNeeded)
    using pin = bytes === null ? null : Secret.copyOf(bytes)
    this.#pkcs11.C_Login(session.handle, CKU_CONTEXT_SPECIFIC, pin === null ? askedByReader : pinText(pin))
  }
}

import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { Secret } from "../domain/secret.ts"
import type { PinKind } from "../domain/token-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken } from "./token-failure.ts"
import { pinStateOf } from "./token-slots.ts"

const { CKF_RW_SESSION, CKF_SERIAL_SESSION, CKU_SO, CKU_USER } = pkcs11js

const triesLeft = {
  set: null,
  "count-low": "not many tries are left",
  "final-try": "one try is left",
  locked: "that was the last try; it is locked now",
} as const

/** pkcs11js has no way to give no PIN: one of no length has the reader ask for it. Never sent where none does. */
export const askedByReader = ""

/** An open session. `using` it logs out and closes it, whatever happens in between. */
export class TokenSession implements Disposable {
  readonly handle: Handle
  readonly #pkcs11: PKCS11
  #isLoggedIn = false

  private constructor(pkcs11: PKCS11, handle: Handle) {
    this.#pkcs11 = pkcs11
    this.handle = handle
  }

  /** @throws `TOKEN_ABSENT`, `TOKEN_ERROR` */
  static open(pkcs11: PKCS11, slot: Handle): TokenSession {
    const openWith = (flags: number): Handle => callToken(() => pkcs11.C_OpenSession(slot, CKF_SERIAL_SESSION | flags))
    try {
      return new TokenSession(pkcs11, openWith(CKF_RW_SESSION))
    } catch (error) {
      if (!isOfWriteProtection(error)) throw error
      return new TokenSession(pkcs11, openWith(0))
    }
  }

  /** Tries the PIN, once; without one the reader asks. @throws `PIN_INCORRECT`, `PIN_LOCKED`, `TOKEN_ABSENT`, `TOKEN_ERROR` */
  login(kind: PinKind, pin: Secret | null): void {
    const user = kind === "so" ? CKU_SO : CKU_USER
    try {
      callToken(() => this.#pkcs11.C_Login(this.handle, user, pin === null ? askedByReader : pinText(pin)))
    } catch (error) {
      throw error instanceof VaultError && error.code === "PIN_INCORRECT" ? this.#withTriesLeft(kind, error) : error
    }
    this.#isLoggedIn = true
  }

  /** What the token says of the tries that are left: some say nothing until it is too late. */
  #withTriesLeft(kind: PinKind, error: VaultError): VaultError {
    try {
      const { slotID } = this.#pkcs11.C_GetSessionInfo(this.handle)
      const left = triesLeft[pinStateOf(kind, this.#pkcs11.C_GetTokenInfo(slotID).flags)]
      return left === null ? error : new VaultError("PIN_INCORRECT", `${error.detail ?? ""}: ${left}`)
    } catch {
      return error
    }
  }

  /** Another one in its place, in which the same user is logged in. */
  replaced(slot: Handle): TokenSession {
    const next = TokenSession.open(this.#pkcs11, slot)
    next.#isLoggedIn = this.#isLoggedIn
    this.#isLoggedIn = false
    this[Symbol.dispose]()
    return next
  }

  logout(): void {
    if (this.#isLoggedIn) ignoreIfGone(() => this.#pkcs11.C_Logout(this.handle))
    this.#isLoggedIn = false
  }

  [Symbol.dispose](): void {
    this.logout()
    ignoreIfGone(() => this.#pkcs11.C_CloseSession(this.handle))
  }
}

/** What can't be changed can still be read. */
function isOfWriteProtection(error: unknown): boolean {
  return error instanceof VaultError && error.detail?.includes("CKR_TOKEN_WRITE_PROTECTED") === true
}

/** The library takes text only, of which V8 keeps a copy until this process ends: it holds nothing else. */
export function pinText(pin: Secret): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(pin.bytes)
  } catch {
    throw new VaultError("INVALID_INPUT", "pin: is no UTF-8 text, and was not tried")
  }
}

/** A pulled token has ended its sessions itself. A throw here would hide the error that the work ended with. */
function ignoreIfGone(end: () => void): void {
  try {
    end()
  } catch {
    // Nothing is left to end.
  }
}

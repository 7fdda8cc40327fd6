import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { Secret } from "../domain/secret.ts"
import type { PinKind } from "../domain/token-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken } from "./token-failure.ts"

const { CKF_RW_SESSION, CKF_SERIAL_SESSION, CKU_SO, CKU_USER } = pkcs11js

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
    callToken(() => this.#pkcs11.C_Login(this.handle, user, ...(pin === null ? [] : [pinText(pin)])))
    this.#isLoggedIn = true
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
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(pin.bytes)
}

/** A pulled token has ended its sessions itself. A throw here would hide the error that the work ended with. */
function ignoreIfGone(end: () => void): void {
  try {
    end()
  } catch {
    // Nothing is left to end.
  }
}

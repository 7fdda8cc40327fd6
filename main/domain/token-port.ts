import type { Token, TokenModule, TokenObject } from "../../preload/contract/token-object.ts"
import type { Algorithm, Mechanism, Purpose } from "../../preload/contract/values.ts"
import type { Secret } from "./secret.ts"
import type { TokenUri } from "./token-uri.ts"

/** A key made in a token; the token has been asked and has shown that it works. */
export interface TokenKey {
  /** Of the private or secret key. */
  readonly uri: string
  /** SubjectPublicKeyInfo DER; `null` for secret keys. */
  readonly publicKey: Uint8Array | null
}

export interface NewTokenKey {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly label: string
}

export type PinKind = "user" | "so"

/** Goes on until it is done, or is given up on. */
export interface TokenWork {
  readonly signal?: AbortSignal | undefined
}

/**
 * Tokens behind PKCS#11, each library in a process of its own. A PIN is tried once, and never again by itself. Without a PIN the
 * login of an earlier call is used, which lasts until the vault is locked or the token is gone.
 * Everything throws `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`; and `INVALID_INPUT` for a URI that names several tokens.
 */
export interface TokenPort {
  modules(): Promise<readonly TokenModule[]>
  /**
   * @param parameters - what the library is told when it starts
   * @throws `INVALID_INPUT` for a library that others could have put there
   */
  addModule(path: string, parameters: string | null): Promise<TokenModule>
  /** @throws `NOT_FOUND` */
  removeModule(path: string): Promise<void>
  tokens(): Promise<readonly Token[]>
  find(uri: TokenUri): Promise<Token>
  /** Erases what is in it. */
  initialise(uri: TokenUri, label: string, soPin: Secret): Promise<Token>
  /** Sets the user's PIN by the right of the SO, also of one that is locked. */
  setUserPin(uri: TokenUri, soPin: Secret, pin: Secret): Promise<Token>
  changePin(uri: TokenUri, kind: PinKind, pin: Secret, newPin: Secret): Promise<Token>
  objects(uri: TokenUri, pin: Secret | null): Promise<readonly TokenObject[]>
  generate(uri: TokenUri, pin: Secret | null, key: NewTokenKey, work?: TokenWork): Promise<TokenKey>
  /** Deletes the objects of a key, and looks whether they are gone. @throws `TOKEN_ERROR` when the token says so and they are not */
  destroy(uri: TokenUri, pin: Secret | null): Promise<void>
  sign(uri: TokenUri, pin: Secret | null, mechanism: Mechanism, message: Uint8Array): Promise<Uint8Array>
  /** Logs out everywhere, and ends the processes. */
  close(): void
}

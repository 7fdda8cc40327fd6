import type { Token, TokenModule, TokenObject } from "../../preload/contract/token-object.ts"
import type { LibraryState } from "../../preload/contract/usb-device.ts"
import type { Algorithm, Mechanism, Purpose } from "../../preload/contract/values.ts"
import type { Secret } from "./secret.ts"
import type { TokenLibrary } from "./token-libraries.ts"
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

/** How a token opens what was encrypted to one of its keys. */
export type TokenCipher =
  | { readonly mechanism: "aes-gcm"; readonly aad: Uint8Array }
  | { readonly mechanism: OaepMechanism }
export type OaepMechanism = "rsa-oaep-sha256" | "rsa-oaep-sha1"
export type TokenWrapping = "aes-kwp" | OaepMechanism
/** How a secret comes to the holder of a private key: both agree on it, or it is encrypted to the public key. */
export type HolderScheme = "ecdh" | OaepMechanism

/** By which a secret comes into a token without being seen on the way. */
export interface TokenTransport {
  /** SubjectPublicKeyInfo DER of an RSA key that the token has made for this. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly mechanism: OaepMechanism
}

/** A key that is to live in a token from now on, encrypted to the token's transport key. */
export interface BroughtKey extends NewTokenKey {
  readonly publicKey: Uint8Array | null
  readonly packed: Uint8Array
}

/** What a token says of a key; `null` where it does not say. */
export interface TokenKeyClaims {
  /** Whether it is an object of the token, and not of a session. */
  readonly stays: boolean | null
  readonly private: boolean | null
  readonly sensitive: boolean | null
  readonly extractable: boolean | null
  readonly alwaysSensitive: boolean | null
  readonly neverExtractable: boolean | null
  /** Whether it was made in the token. */
  readonly local: boolean | null
  /** Whether it asks for the PIN at each use. */
  readonly asksEachTime: boolean | null
}

export type TokenUsage = "sign" | "verify" | "encrypt" | "decrypt" | "wrap" | "unwrap" | "derive"

/** A key that is in a token already. */
export interface TokenKeyReport extends TokenKey {
  /** `null`: none that is known here. */
  readonly algorithm: Algorithm | null
  readonly claims: TokenKeyClaims
  readonly usages: readonly TokenUsage[]
}

/** What a token does that asks nobody for a PIN. */
export interface TokenProbe {
  /** Whether the user is logged in, by an earlier call. */
  readonly isLoggedIn: boolean
  /** Of the random numbers that it gave; `none`: it makes none. */
  readonly random: "varied" | "repeated" | "none"
}

/** What was asked of a token, and how much of it failed by the token's fault. */
export interface CallCounts {
  readonly calls: number
  readonly errors: number
}

export type PinKind = "user" | "so"

/** Goes on until it is done, or is given up on: that ends the process of its library, and every login in it. */
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
  /** Without loading it. */
  libraryState(library: TokenLibrary): LibraryState
  tokens(): Promise<readonly Token[]>
  /** Libraries that are not asked for a while, because they hung; `modules` asks them again. */
  leftOut(): readonly { readonly path: string; readonly reason: string }[]
  find(uri: TokenUri): Promise<Token>
  /**
   * Whether the library that the URI names shows its token, asked without a PIN. `null` when it does not say: it failed, hung lately, or
   * is none of those in use.
   */
  isShown(uri: TokenUri): Promise<boolean | null>
  /** Has it do what needs no login: what is gone may describe itself still. */
  probe(uri: TokenUri): Promise<TokenProbe>
  /** Since this was asked last. @param token - as `find` names it */
  takeCounts(token: string): CallCounts
  /** Erases what is in it. */
  initialise(uri: TokenUri, label: string, soPin: Secret): Promise<Token>
  /** Sets the user's PIN by the right of the SO, also of one that is locked. */
  setUserPin(uri: TokenUri, soPin: Secret, pin: Secret): Promise<Token>
  changePin(uri: TokenUri, kind: PinKind, pin: Secret, newPin: Secret): Promise<Token>
  objects(uri: TokenUri, pin: Secret | null): Promise<readonly TokenObject[]>
  generate(uri: TokenUri, pin: Secret | null, key: NewTokenKey, work?: TokenWork): Promise<TokenKey>
  /**
   * Deletes the objects of a key, and looks whether they are gone.
   * @param publicKey - of that key, where it has one
   * @returns false when another key has its place, which is left alone
   * @throws `INVALID_INPUT` when several keys have its id; `TOKEN_ERROR` when the token says that they are gone and they are not
   */
  destroy(uri: TokenUri, pin: Secret | null, publicKey?: Uint8Array | null): Promise<boolean>
  /** What it says of a key. @throws `NOT_FOUND`, `INVALID_INPUT` for what is no private or secret key with an id of its own */
  inspect(uri: TokenUri, pin: Secret | null): Promise<TokenKeyReport>
  /** Begins to bring secrets in; what was packed with the answer is good for the calls that follow at once. */
  transport(uri: TokenUri, pin: Secret | null): Promise<TokenTransport>
  importKey(uri: TokenUri, pin: Secret | null, key: BroughtKey): Promise<TokenKey>
  sign(uri: TokenUri, pin: Secret | null, mechanism: Mechanism, message: Uint8Array): Promise<Uint8Array>
  /** By AES-GCM: nonce, ciphertext, tag. */
  encrypt(uri: TokenUri, pin: Secret | null, plaintext: Uint8Array, aad: Uint8Array): Promise<Uint8Array>
  /** `null` when it does not open. */
  decrypt(uri: TokenUri, pin: Secret | null, cipher: TokenCipher, ciphertext: Uint8Array): Promise<Secret | null>
  mac(uri: TokenUri, pin: Secret | null, algorithm: Algorithm, message: Uint8Array): Promise<Uint8Array>
  /** By AES-KWP. @param packed - the secret, encrypted to the transport key */
  wrap(uri: TokenUri, pin: Secret | null, packed: Uint8Array): Promise<Uint8Array>
  /** `null` when it does not open. */
  unwrap(uri: TokenUri, pin: Secret | null, wrapping: TokenWrapping, wrapped: Uint8Array): Promise<Secret | null>
  /** Diffie-Hellman, the shared secret as it is. @param peer - SubjectPublicKeyInfo DER, of the key's own curve */
  agree(uri: TokenUri, pin: Secret | null, peer: Uint8Array): Promise<Secret>
  /** Logs out everywhere, and ends the processes. */
  close(): void
}

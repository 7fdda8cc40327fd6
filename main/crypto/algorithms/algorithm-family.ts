import type { Mechanism } from "../../../preload/contract/values.ts"
import type { DerivationRequest } from "../../domain/key-crypto.ts"
import type { Secret } from "../../domain/secret.ts"

/** Bytes that are all ours: a view of no shared or pooled memory. */
export type Bytes = Uint8Array<ArrayBuffer>

/**
 * What the engine asks of an algorithm. Each family builds one of these per size or curve; what an algorithm cannot do is absent.
 *
 * Material is PKCS#8 DER for asymmetric keys, raw bytes for symmetric ones, UTF-8 for `secret`; public keys are SubjectPublicKeyInfo DER.
 * Material that its algorithm cannot read is a bug or a corrupt vault, never a user's mistake: imports are checked before they get here.
 * Each map has its default mechanism first.
 */
export interface AlgorithmFamily {
  /** Fresh material. What takes long, or needs OpenSSL's key generator, comes from the thread pool. */
  readonly generate: () => Secret | Promise<Secret>
  readonly publicKey?: (material: Uint8Array) => Bytes
  /** Recognises a key by a few bits of it, as its owner's HSM shows them. */
  readonly keyCheckValue?: (material: Uint8Array) => string
  readonly signatures?: ReadonlyMap<Mechanism, SignatureScheme>
  readonly encryptions?: ReadonlyMap<Mechanism, EncryptionScheme>
  readonly macs?: ReadonlyMap<Mechanism, MacScheme>
  readonly wrappings?: ReadonlyMap<Mechanism, WrappingScheme>
  readonly derivations?: ReadonlyMap<Mechanism, DerivationScheme>
  readonly kem?: KemScheme
}

export interface SignatureScheme {
  readonly sign: (material: Uint8Array, message: Uint8Array) => Promise<Bytes>
  /** A signature that is malformed is as wrong as any other: `false`. */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>
}

export interface EncryptionScheme {
  /** @param key - the material of a symmetric key, the public key of an asymmetric one */
  readonly encrypt: (key: Uint8Array, plaintext: Uint8Array, aad: Uint8Array) => Promise<Bytes>
  /** `null` when this key and AAD do not open the ciphertext, whatever the reason. */
  readonly decrypt: (material: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array) => Promise<Secret | null>
}

export interface MacScheme {
  readonly mac: (material: Uint8Array, message: Uint8Array) => Promise<Bytes>
}

/** Wraps key material in a form that other programs unwrap; it binds nothing but the material. */
export interface WrappingScheme {
  /** @param key - the material of a symmetric key, the public key of an asymmetric one */
  readonly wrap: (key: Uint8Array, secret: Uint8Array) => Promise<Bytes>
  /** `null` when this key does not open it, whatever the reason. */
  readonly unwrap: (material: Uint8Array, wrapped: Uint8Array) => Promise<Secret | null>
}

export interface DerivationScheme {
  readonly derive: (material: Uint8Array, request: DerivationRequest) => Promise<Secret>
}

/** Key encapsulation (FIPS 203): a secret that the holder of a public key and the holder of its private key come to share. */
export interface KemScheme {
  readonly encapsulate: (publicKey: Uint8Array) => Promise<Encapsulation>
  /**
   * A ciphertext that was not made for this key, but has the size, gives a secret that nobody else has (FIPS 203, 6.3).
   * @throws `INVALID_INPUT` for a ciphertext of another size
   */
  readonly decapsulate: (material: Uint8Array, ciphertext: Uint8Array) => Promise<Secret>
}

export interface Encapsulation {
  readonly ciphertext: Bytes
  readonly sharedSecret: Secret
}

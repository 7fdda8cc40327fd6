import type { KeyCertificate } from "../../preload/contract/key-object.ts"
import type { Algorithm, KeyFormat, Mechanism, Purpose } from "../../preload/contract/values.ts"
import type { Attachment } from "./key.ts"
import type { PublicFormat } from "./key-format.ts"
import type { Secret } from "./secret.ts"
import type { VaultError } from "./vault-error.ts"

/** A key as it was found in a file. */
export interface FoundKey {
  readonly algorithm: Algorithm
  readonly material: Secret
  readonly publicKey: Uint8Array | null
  readonly comment: string | null
  /** The job that the file says it has; `null` where it does not say. */
  readonly purpose: Purpose | null
  readonly attachments: readonly Attachment[]
}

/** One of several keys in a file that could not be taken, while others could. */
export interface RefusedKey {
  readonly comment: string | null
  readonly refusal: VaultError
}

/** What a file holds. A file's only key is found, or the file is refused as a whole. */
export interface FoundKeys {
  /** As in `--format`, or the name of a form that is only read. */
  readonly format: string
  readonly keys: readonly (FoundKey | RefusedKey)[]
  /** What a person should know of the file, for example that its encryption is weak; without secrets. */
  readonly warnings: readonly string[]
}

export interface ImportRequest {
  readonly format: "auto" | KeyFormat
  readonly passphrase: Secret | null
  readonly algorithm?: Algorithm | undefined
}

/** A private or symmetric key on its way out, with what a format may have a place for. */
export interface PrivateExport {
  readonly algorithm: Algorithm
  /** PKCS#8 DER, raw bytes or UTF-8, by algorithm; stays the caller's */
  readonly material: Secret
  /** a name for the key */
  readonly comment: string | null
  /** RFC 3339; a certificate that is made for the key counts from it, and the fingerprint in `openpgp` depends on it */
  readonly createdAt?: string
  readonly purpose?: Purpose | null
  /** what came with the key, such as certificates */
  readonly attachments?: readonly Attachment[]
  /** what leaves with it in `openpgp`: keys that are part of its certificate */
  readonly subkeys?: readonly PrivateExport[]
}

/** What a secret is derived from, beside the key. */
export interface DerivationRequest {
  /** SubjectPublicKeyInfo (DER) of the other side; `null` for a derivation that has none. */
  readonly peer: Uint8Array | null
  /** In which the other side encapsulated a secret; `null` for a derivation that has none. */
  readonly ciphertext: Uint8Array | null
  readonly salt: Uint8Array
  readonly info: Uint8Array
  /** How many bytes. */
  readonly size: number
}

type MechanismUse = "sign" | "encrypt" | "mac" | "wrap" | "derive"

/** A certificate (X.509 DER) that came with a version, and why it is to be revoked, in the words of RFC 5280. */
export interface RevokedCertificate {
  readonly version: number
  readonly certificate: Uint8Array
  /** Of the version, SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array
  readonly reason: "keyCompromise" | "cACompromise" | "superseded" | "cessationOfOperation"
  /** Since when the key may have been in other hands (RFC 3339); `null` where it was not. */
  readonly invalidityDate: string | null
}

/**
 * What the use cases ask of cryptography. Material is PKCS#8 DER for asymmetric keys, raw bytes for secret keys, UTF-8
 * for text; public keys are SubjectPublicKeyInfo DER.
 */
export interface KeyCrypto {
  newId(now: number): string
  randomSecret(bytes: number): Secret
  generateMaterial(algorithm: Algorithm): Secret | Promise<Secret>
  publicKeyFor(algorithm: Algorithm, material: Uint8Array): Uint8Array | null
  keyCheckValue(algorithm: Algorithm, material: Uint8Array): string | null
  spkiFingerprint(publicKey: Uint8Array): string
  opensshFingerprint(publicKey: Uint8Array): string | null
  /** The mechanism asked for, or the algorithm's default for the first use. @throws `INVALID_INPUT` when it is not the algorithm's */
  chosenMechanism(algorithm: Algorithm, uses: MechanismUse | readonly MechanismUse[], asked?: Mechanism): Mechanism
  sign(algorithm: Algorithm, mechanism: Mechanism, material: Uint8Array, message: Uint8Array): Promise<Uint8Array>
  verify(
    algorithm: Algorithm,
    mechanism: Mechanism,
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>
  mac(algorithm: Algorithm, material: Uint8Array, message: Uint8Array): Promise<Uint8Array>
  verifyMac(algorithm: Algorithm, material: Uint8Array, message: Uint8Array, code: Uint8Array): Promise<boolean>
  encrypt(
    algorithm: Algorithm,
    mechanism: Mechanism,
    key: Uint8Array,
    plaintext: Uint8Array,
    aad: Uint8Array,
  ): Promise<Uint8Array>
  /** `null` when the ciphertext does not open. */
  decrypt(
    algorithm: Algorithm,
    mechanism: Mechanism,
    material: Uint8Array,
    ciphertext: Uint8Array,
    aad: Uint8Array,
  ): Promise<Secret | null>
  /** Whether a mechanism wraps for other programs, and so gives bare bytes and no token. */
  isWrapping(algorithm: Algorithm, mechanism: Mechanism): boolean
  wrapMaterial(algorithm: Algorithm, mechanism: Mechanism, key: Uint8Array, secret: Uint8Array): Promise<Uint8Array>
  /** `null` when it does not open. */
  unwrapMaterial(
    algorithm: Algorithm,
    mechanism: Mechanism,
    material: Uint8Array,
    wrapped: Uint8Array,
  ): Promise<Secret | null>
  deriveSecret(
    algorithm: Algorithm,
    mechanism: Mechanism,
    material: Uint8Array,
    request: DerivationRequest,
  ): Promise<Secret>
  /** The last step of a derivation whose shared secret a token computed, which stays the caller's. @throws `INVALID_INPUT` */
  agreedSecret(mechanism: Mechanism, shared: Secret, request: DerivationRequest): Secret
  /** In a time that tells nothing of where they differ. */
  equalBytes(a: Uint8Array, b: Uint8Array): boolean
  /** A secret that the holder of a public key derives from the ciphertext. @throws `INVALID_INPUT` when it has no such use */
  encapsulate(
    algorithm: Algorithm,
    mechanism: Mechanism | undefined,
    publicKey: Uint8Array,
    request: DerivationRequest,
  ): Promise<{ readonly ciphertext: Uint8Array<ArrayBuffer>; readonly secret: Secret; readonly mechanism: Mechanism }>
  /** Reads somebody else's public key, in PEM or DER. @throws `INVALID_INPUT` */
  readPublicKey(file: Uint8Array): { readonly algorithm: Algorithm; readonly publicKey: Uint8Array }
  /** What binds a ciphertext to the vault, the key and the version that made it. */
  ciphertextAad(vaultId: string, keyId: string, version: number): Uint8Array
  importKeys(file: Uint8Array, request: ImportRequest): Promise<FoundKeys>
  /** What is known to be weak about a public key by itself, as sentences for a person. */
  weaknessesOf(publicKey: Uint8Array): readonly string[]
  /** The place of the first other RSA key that has a prime in common with this one; `null` when none has. */
  sharesFactor(publicKey: Uint8Array, others: Iterable<Uint8Array>): Promise<number | null>
  exportPrivate(key: PrivateExport, format: KeyFormat, passphrase: Secret | null): Promise<Secret>
  exportPublic(
    key: {
      algorithm: Algorithm
      publicKey: Uint8Array
      comment: string | null
      /** Among them the certificate that `openpgp` is. */
      attachments: readonly Attachment[]
    },
    format: PublicFormat,
  ): Uint8Array
  /** An OpenPGP certificate for a key that has none. @throws `INVALID_INPUT` for a key that can have none */
  newCertificate(key: PrivateExport): Promise<Attachment>
  /** The public keys in an OpenPGP certificate that are of kinds we know, the primary one first. */
  publicKeysIn(certificate: Attachment): readonly Uint8Array[]
  /** Public keys that SSH is to trust no more: a line each, or a list of its own kind. @param at - RFC 3339 @throws `INVALID_INPUT` */
  opensshRevocation(
    keys: readonly { readonly publicKey: Uint8Array; readonly comment: string }[],
    format: "openssh" | "openssh-krl",
    at: string,
  ): Uint8Array<ArrayBuffer>
  /** A certificate that revokes an OpenPGP one; the material is its primary key's. @throws `INVALID_INPUT` */
  openpgpRevocation(revoked: {
    readonly algorithm: Algorithm
    readonly material: Uint8Array
    readonly certificate: Uint8Array
    readonly reason: string
    readonly at: string
  }): Promise<Uint8Array<ArrayBuffer>>
  /** What whoever issued certificates of these keys is to be told; `null` where none of them is theirs. @throws `INVALID_INPUT` */
  x509Revocation(
    revoked: readonly RevokedCertificate[],
    about: { readonly key: string; readonly at: string },
  ): Uint8Array<ArrayBuffer> | null
  /** What a certificate (X.509 DER) says of itself. @throws `INVALID_INPUT` when it can't be read */
  describeCertificate(der: Uint8Array): Omit<KeyCertificate, "version">
  /**
   * Opens an age file that is for an X25519 key. `null` when it is for others.
   * @param open - the key's PKCS#8, once there is something for it to try; it is wiped
   * @throws `INVALID_INPUT`, `INTEGRITY_FAILED`
   */
  decryptFor(open: () => Promise<Secret>, file: Uint8Array): Promise<Secret | null>
  /** To age recipients, as armoured text. @throws `INVALID_INPUT` for what is no recipient */
  encryptFor(recipients: readonly string[], secret: Secret): Promise<Uint8Array<ArrayBuffer>>
}

import type { Secret } from "./secret.ts"

/** From where to where. */
export interface FileWork {
  readonly input: string
  /** Complete and durable in the end, or not there at all: what is written before is not to be believed. */
  readonly output: string
  /** Replaces what is there. */
  readonly force: boolean
}

/** A version of a key of the vault that a file is encrypted for. */
export interface KeyPlace {
  readonly keyId: string
  readonly version: number
}

/** Whom a file is encrypted for. */
export type FileRecipient =
  /** `age1…` */
  | { readonly kind: "recipient"; readonly text: string }
  /** SubjectPublicKeyInfo (DER) of an X25519 key. */
  | { readonly kind: "public-key"; readonly publicKey: Uint8Array }
  /** A key that is none of age's own: what it seals, only it opens. */
  | { readonly kind: "vault-key"; readonly place: KeyPlace; readonly seal: (fileKey: Secret) => Promise<Uint8Array> }
  | { readonly kind: "passphrase"; readonly passphrase: Secret }

/** What may open a file. */
export type FileIdentity =
  /** PKCS#8 (DER) of an X25519 key, opened when there is something for it to try; `null` when it can't be. The caller wipes what it gets. */
  | { readonly kind: "private-key"; readonly open: () => Promise<Secret | null> }
  /** `null` when there is no such key, or it does not open what is sealed. */
  | {
      readonly kind: "vault-key"
      readonly open: (place: KeyPlace, sealed: Uint8Array) => Promise<Secret | null>
    }
  /** A file for keys is refused with that reason. */
  | { readonly kind: "passphrase"; readonly passphrase: Secret }
  /** Opens nothing: a file under a passphrase is refused with that reason. */
  | { readonly kind: "missing-passphrase" }

/** What the use cases ask for to encrypt files of any size. */
export interface FileCrypto {
  /** @throws `ALREADY_EXISTS`, `IO_ERROR`; `INVALID_INPUT` for recipients that are malformed or don't go together */
  encryptFile(work: FileWork, recipients: readonly FileRecipient[], isArmored: boolean): Promise<void>
  /**
   * @param opened - told which identity opens the file, before anything of it is decrypted
   * @returns whether one did; otherwise there is no output
   * @throws `INTEGRITY_FAILED`, `ALREADY_EXISTS`, `INVALID_INPUT`, `IO_ERROR`; then there is no output either
   */
  decryptFile(
    work: FileWork,
    identities: readonly FileIdentity[],
    opened: (identity: FileIdentity) => void,
  ): Promise<boolean>
}

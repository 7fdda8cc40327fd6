import type { Algorithm } from "../../../preload/contract/values.ts"
import type { Attachment } from "../../domain/key.ts"
import type { PublicFormat } from "../../domain/key-format.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { x25519RecipientText } from "../age/recipient-text.ts"
import { armouredCertificate } from "./openpgp/write-openpgp.ts"
import { opensshPublicLine } from "./openssh-public-key.ts"
import { encodePem } from "./pem.ts"
import { decodePublicKeyInfo } from "./public-key-info.ts"
import { publicJsonWebKey } from "./write-json-web-key.ts"

/** A public key as the vault keeps it. */
export interface PublicExport {
  readonly algorithm: Algorithm
  /** SubjectPublicKeyInfo DER */
  readonly publicKey: Uint8Array
  readonly comment: string | null
  /** among them the certificate that `openpgp` is */
  readonly attachments?: readonly Attachment[]
}

/**
 * Writes a public key as `spki-pem`, as the line of an OpenSSH `.pub` file, as `jwk`, as a recipient of age, or as the OpenPGP certificate
 * that it has.
 *
 * @throws INVALID_INPUT for an algorithm that the format does not have
 */
export function exportPublic(key: PublicExport, format: PublicFormat): Uint8Array<ArrayBuffer> {
  const { algorithm, publicKey, comment, attachments = [] } = key
  const { parts } = decodePublicKeyInfo(publicKey)
  switch (format) {
    case "spki-pem":
      return encodePem("PUBLIC KEY", publicKey)
    case "jwk":
      return publicJsonWebKey(parts, comment)
    case "openssh":
      return encoded(opensshPublicLine(parts, comment), key, format)
    case "openpgp":
      return armouredCertificate(algorithm, attachments)
    case "age":
      return encoded(parts.kind === "x25519" ? `${x25519RecipientText(parts.publicKey)}\n` : null, key, format)
  }
}

function encoded(text: string | null, { algorithm }: PublicExport, format: PublicFormat): Uint8Array<ArrayBuffer> {
  if (text === null) throw new VaultError("INVALID_INPUT", `${format} has no form for a key of ${algorithm}`)
  return new Uint8Array(Buffer.from(text))
}

import { createHash } from "node:crypto"
import type { Algorithm } from "../../../preload/contract/values.ts"
import type { Attachment } from "../../domain/key.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import {
  type DerValue,
  derElement,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { readCertificate } from "./certificate.ts"
import { encryptPrivateKeyInfo } from "./encrypted-private-key-info.ts"
import { passwordForms } from "./password-forms.ts"
import { encryptPbes2 } from "./pbes2.ts"
import { pkcs12Mac } from "./pkcs12-mac.ts"
import { publicKeyOf } from "./public-key-of.ts"
import { canCertifyItself, selfSignedCertificate } from "./self-signed-certificate.ts"

const version = 3
const explicitTag = contextTag(0, "constructed")
const implicitTag = contextTag(0, "primitive")

/** A private key with what belongs to it. */
export interface Pkcs12Content {
  readonly algorithm: Algorithm
  /** PKCS#8 DER; stays the caller's */
  readonly material: Uint8Array
  readonly name: string | null
  /** those that are certificates are written, the key's own first */
  readonly attachments: readonly Attachment[]
  /** RFC 3339 UTC */
  readonly createdAt: string
}

/**
 * Writes PKCS #12 (RFC 7292) as all programs of the last ten years read it: key and certificates each under PBES2 (AES-256-CBC, PBKDF2-HMAC-SHA-256
 * of 600,000 iterations), an HMAC-SHA-256 around them. A key without a certificate gets one of its own making: many programs show none without.
 *
 * @throws INVALID_INPUT for a key without a certificate that cannot sign one
 */
export async function encodePkcs12(content: Pkcs12Content, passphrase: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  using owned = new DisposableStack()
  const publicKey = publicKeyOf(content.material)
  const certificates = await certificatesOf(content, publicKey)
  const attributes = keyAttributes(content.name, publicKey)
  const bags = certificates.map((der, index) => certificateBag(der, index === 0 ? attributes : null))
  const authenticatedSafe = encodeDer(
    derSequence(
      await encryptedSafe(encodeDer(derSequence(...bags)), passphrase),
      plainSafe(encodeDer(derSequence(await keyBag(content.material, passphrase, attributes)))),
    ),
  )
  const [password = new Uint8Array(2)] = passwordForms(passphrase, owned).bmp
  const mac = await pkcs12Mac(authenticatedSafe, password)
  return encodeDer(derSequence(derSmallInteger(version), plainSafe(authenticatedSafe), mac))
}

/** The key's own first, then those above it. */
async function certificatesOf(content: Pkcs12Content, publicKey: Uint8Array): Promise<Uint8Array[]> {
  const kept = content.attachments.filter(({ kind }) => kind === "x509").map((each) => each.content)
  const own = kept.find((der) => Buffer.compare(readCertificate(der).publicKey, publicKey) === 0)
  if (own !== undefined) return [own, ...kept.filter((der) => der !== own)]
  const { algorithm, material, name, createdAt: since } = content
  if (!canCertifyItself(algorithm)) {
    throw new VaultError("INVALID_INPUT", `pkcs12 needs a certificate, and a key of ${algorithm} cannot certify itself`)
  }
  return [await selfSignedCertificate({ algorithm, material, publicKey, name: name ?? "", since })]
}

/** What ties a key to its certificate, and what both are called (RFC 2985, 5.5). */
function keyAttributes(name: string | null, publicKey: Uint8Array): DerValue {
  const localKeyId = createHash("sha256").update(publicKey).digest()
  const friendlyName = name === null ? [] : [attribute(objectIdentifier.friendlyName, bmpString(name))]
  return derElement(derTag.set, attribute(objectIdentifier.localKeyId, derOctetString(localKeyId)), ...friendlyName)
}

function attribute(identifier: string, value: DerValue): DerValue {
  return derSequence(derObjectIdentifier(identifier), derElement(derTag.set, value))
}

function bmpString(text: string): DerValue {
  return derElement(derTag.bmpString, Buffer.from(text, "utf16le").swap16())
}

function bag(identifier: string, value: DerValue | Uint8Array, attributes: DerValue | null): DerValue {
  const content = derElement(explicitTag, value)
  return derSequence(derObjectIdentifier(identifier), content, ...(attributes === null ? [] : [attributes]))
}

function certificateBag(der: Uint8Array, attributes: DerValue | null): DerValue {
  const certificate = derSequence(
    derObjectIdentifier(objectIdentifier.x509Certificate),
    derElement(explicitTag, derOctetString(der)),
  )
  return bag(objectIdentifier.certificateBag, certificate, attributes)
}

async function keyBag(material: Uint8Array, passphrase: Uint8Array, attributes: DerValue): Promise<DerValue> {
  return bag(objectIdentifier.shroudedKeyBag, await encryptPrivateKeyInfo(material, passphrase), attributes)
}

function plainSafe(content: Uint8Array): DerValue {
  return derSequence(derObjectIdentifier(objectIdentifier.data), derElement(explicitTag, derOctetString(content)))
}

/** EncryptedData (RFC 2315, section 13), version 0. */
async function encryptedSafe(content: Uint8Array, passphrase: Uint8Array): Promise<DerValue> {
  const { parameters, ciphertext } = await encryptPbes2(content, passphrase)
  const info = derSequence(
    derObjectIdentifier(objectIdentifier.data),
    derSequence(derObjectIdentifier(objectIdentifier.pbes2), parameters),
    derElement(implicitTag, ciphertext),
  )
  return derSequence(
    derObjectIdentifier(objectIdentifier.encryptedData),
    derElement(explicitTag, derSequence(derSmallInteger(0), info)),
  )
}

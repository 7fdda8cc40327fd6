import type { Algorithm, Purpose } from "../../../../preload/contract/values.ts"
import type { Attachment } from "../../../domain/key.ts"
import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { concatenated } from "../concatenated.ts"
import { decodePrivateKeyInfo } from "../private-key-info.ts"
import { encodePublicKeyInfo } from "../public-key-info.ts"
import { publicKeyOf } from "../public-key-of.ts"
import { isSymmetric } from "../symmetric-key.ts"
import { encodeArmour } from "./armour.ts"
import { type KeyComponent, publicPacketsOf, transferableKeys, type UserComponent } from "./certificate.ts"
import type { KeyPacket } from "./key-packet.ts"
import { newCertificate } from "./new-certificate.ts"
import { encodePacket, packetType, readPackets } from "./packets.ts"
import { secretPartOf, stubOfSecretPart } from "./secret-encryption.ts"
import { secretFieldsOf } from "./secret-fields.ts"

/** A key as the vault keeps it, with what OpenPGP asks beyond its material. */
export interface OpenpgpExport {
  readonly algorithm: Algorithm
  /** PKCS#8 DER; stays the caller's */
  readonly material: Secret
  readonly attachments: readonly Attachment[]
  /** RFC 3339, of this version of the key: part of the fingerprint of a new certificate */
  readonly createdAt: string
  /** the user id of a new certificate */
  readonly comment: string | null
  readonly purpose: Purpose | null
}

/** What was written. Whoever receives it keeps the attachments with the first key, and disposes of the file. */
export interface WrittenOpenpgp {
  /** armoured */
  readonly file: Secret
  /** of the first key: as they were, or with the certificate that was made for it */
  readonly attachments: readonly Attachment[]
}

/**
 * Writes a transferable secret key (RFC 9580, 10.2): the certificate of the first key, with its own secret part and those
 * of the other keys given. Of keys that are not given there is a stub. A key without a certificate gets a new one.
 *
 * @param passphrase - null leaves the secret parts open
 * @throws INVALID_INPUT for a key that can have no certificate, or one that is not part of the first one's
 */
export async function writeOpenpgp({
  keys,
  passphrase,
}: {
  readonly keys: readonly OpenpgpExport[]
  readonly passphrase: Secret | null
}): Promise<WrittenOpenpgp> {
  const [first] = keys
  if (first === undefined) throw new Error("there is no key to write")
  const { certificate, attachments } = await certified(first)
  const components = componentsOf(certificate)
  requirePartOf(components, keys)
  using packets = new DisposableStack()
  const parts: Uint8Array[] = []
  for (const component of components) {
    if (component.kind !== "key") {
      parts.push(...publicPacketsOf(component))
      continue
    }
    const packet = packets.use(new Secret(await secretPacketOf(component.key, keys, passphrase)))
    parts.push(packet.bytes, ...component.signatures.map(({ whole }) => whole))
  }
  using content = new Secret(concatenated(parts))
  return { file: new Secret(encodeArmour("PRIVATE KEY BLOCK", content.bytes, isVersion4(components))), attachments }
}

/**
 * Writes a transferable public key (RFC 9580, 10.1), armoured: the certificate that a key came with, or a new one.
 *
 * @throws INVALID_INPUT for a key that can have no certificate, or has none and comes without the material to sign one
 */
export async function publicOpenpgp(
  key: Omit<OpenpgpExport, "material"> & { readonly material: Secret | null },
): Promise<{ readonly file: Uint8Array<ArrayBuffer>; readonly attachments: readonly Attachment[] }> {
  const { certificate, attachments } = await certified(key)
  return { file: armouredPublic(certificate), attachments }
}

/** The certificate that a key has, armoured. @throws INVALID_INPUT when it has none */
export function armouredCertificate(algorithm: Algorithm, attachments: readonly Attachment[]): Uint8Array<ArrayBuffer> {
  const own = attachments.find(({ kind }) => kind === "openpgp")
  if (own !== undefined) return armouredPublic(own.content)
  throw isSymmetric(algorithm) ? withoutForm(algorithm) : withoutCertificate()
}

function armouredPublic(certificate: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeArmour("PUBLIC KEY BLOCK", certificate, isVersion4(componentsOf(certificate)))
}

function withoutForm(algorithm: Algorithm): VaultError {
  return invalid(`openpgp has no form for a key of ${algorithm}`)
}

function withoutCertificate(): VaultError {
  return invalid("OpenPGP: the key has no certificate yet, and signs one only with its private key")
}

/** The certificate that a key has, or one that is made for it; and what the key keeps from now on. */
async function certified(
  key: Omit<OpenpgpExport, "material"> & { readonly material: Secret | null },
): Promise<{ readonly certificate: Uint8Array; readonly attachments: readonly Attachment[] }> {
  const { algorithm, attachments, material } = key
  if (isSymmetric(algorithm)) throw withoutForm(algorithm)
  const own = attachments.find(({ kind }) => kind === "openpgp")
  if (own !== undefined) return { certificate: own.content, attachments }
  if (material === null) throw withoutCertificate()
  const made = await newOpenpgpAttachment({ ...key, material })
  return { certificate: made.content, attachments: [...attachments, made] }
}

/** A certificate for a key that has none. @throws INVALID_INPUT for a key that can have none */
export async function newOpenpgpAttachment(key: OpenpgpExport): Promise<Attachment> {
  if (isSymmetric(key.algorithm)) throw withoutForm(key.algorithm)
  const content = await newCertificate({ ...key, material: key.material.bytes })
  const [primary] = keyPacketsOf(componentsOf(content))
  if (primary === undefined) throw new Error("a certificate without a key")
  return { kind: "openpgp", content, fingerprint: primary.fingerprint }
}

/** SubjectPublicKeyInfo (DER) of the keys in a certificate that are of kinds we know, the primary one first. */
export function publicKeysIn({ content }: Attachment): Uint8Array[] {
  return keyPacketsOf(componentsOf(content)).flatMap(({ key }) => ("kind" in key ? [encodePublicKeyInfo(key)] : []))
}

type CertificateComponent = KeyComponent | UserComponent

/** A certificate in a vault was checked when it came in: of what it is made of, all was read. */
function componentsOf(certificate: Uint8Array): CertificateComponent[] {
  const [key, ...more] = transferableKeys(readPackets(certificate))
  if (key === undefined || more.length > 0) throw invalid("OpenPGP: the certificate is not one")
  return key.components.map((component) => {
    if (component.kind === "unread") throw component.refusal
    return component
  })
}

function keyPacketsOf(components: readonly CertificateComponent[]): KeyPacket[] {
  return components.flatMap((component) => (component.kind === "key" ? [component.key] : []))
}

function isVersion4(components: readonly CertificateComponent[]): boolean {
  return keyPacketsOf(components).every(({ version }) => version === 4)
}

function requirePartOf(components: readonly CertificateComponent[], keys: readonly OpenpgpExport[]): void {
  const packets = keyPacketsOf(components)
  const isForeign = keys.some((key) => isSymmetric(key.algorithm) || !packets.some((packet) => isOf(packet, key)))
  if (isForeign) throw invalid("OpenPGP: a key that is not part of the certificate")
}

function isOf({ key }: KeyPacket, { material }: OpenpgpExport): boolean {
  return "kind" in key && Buffer.compare(encodePublicKeyInfo(key), publicKeyOf(material.bytes)) === 0
}

/** A secret key packet with the same public part; the caller wipes it. */
async function secretPacketOf(
  key: KeyPacket,
  keys: readonly OpenpgpExport[],
  passphrase: Secret | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const type = key.isPrimary ? packetType.secretKey : packetType.secretSubkey
  const given = keys.find((each) => isOf(key, each))
  if (given !== undefined) {
    using fields = secretFieldsOf(decodePrivateKeyInfo(given.material.bytes).parts, key.algorithm)
    const secretPart = await secretPartOf(key, fields.bytes, passphrase?.bytes ?? null)
    return encodePacket(type, [key.publicPart, ...secretPart], key.headerFormat)
  }
  if (key.version === 4) return encodePacket(type, [key.publicPart, stubOfSecretPart], key.headerFormat)
  if (key.isPrimary) throw invalid("OpenPGP: a subkey of version 6 leaves only together with its primary key")
  return Secret.copyOf(key.publicPacket).bytes
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", reason)
}

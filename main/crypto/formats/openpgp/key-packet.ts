import { createHash } from "node:crypto"
import { VaultError } from "../../../domain/vault-error.ts"
import { concatenated } from "../concatenated.ts"
import type { PublicKeyParts } from "../key-parts.ts"
import { uint16Of, uint32Of } from "./packet-fields.ts"
import { PacketReader } from "./packet-reader.ts"
import { encodePacket, type Packet, packetType } from "./packets.ts"
import { hasLegacyFields, readPublicFields, type Unsupported } from "./public-fields.ts"

/** Generations of the format that are read; GnuPG has a fifth of its own. */
export type KeyPacketVersion = 4 | 6

/** A key packet of any kind (RFC 9580, 5.5.1): its public part, and what lies behind it. Views of the file. */
export interface KeyPacket {
  readonly isPrimary: boolean
  readonly version: KeyPacketVersion
  /** seconds since 1970 */
  readonly createdAt: number
  /** by its number (9.1) */
  readonly algorithm: number
  readonly key: PublicKeyParts | Unsupported
  /** the body of the public key packet: what the fingerprint is of, and what signatures bind */
  readonly publicPart: Uint8Array
  /** null for a public key packet */
  readonly secretPart: Uint8Array | null
  /** the public key packet, in the format of header that was found */
  readonly publicPacket: Uint8Array
  readonly headerFormat: Packet["headerFormat"]
  /** upper-case hexadecimal, as programs print it */
  readonly fingerprint: string
}

const keyTypes: ReadonlySet<number> = new Set<number>([
  packetType.publicKey,
  packetType.secretKey,
  packetType.publicSubkey,
  packetType.secretSubkey,
])

/** Whether a packet is a key's, primary or sub, public or secret. */
export function isKeyPacket({ type }: Packet): boolean {
  return keyTypes.has(type)
}

/** Whether a packet starts a key: everything up to the next such one belongs to it. */
export function isPrimaryKeyPacket({ type }: Packet): boolean {
  return type === packetType.publicKey || type === packetType.secretKey
}

/** Whether a packet has, or should have, a secret part. */
export function isSecretKeyPacket({ type }: Packet): boolean {
  return type === packetType.secretKey || type === packetType.secretSubkey
}

/**
 * Reads a key packet up to the end of its public part.
 *
 * @throws INVALID_INPUT when it is broken, or so foreign that the end can't be found
 */
export function readKeyPacket(packet: Packet): KeyPacket {
  const reader = new PacketReader(packet.body, "OpenPGP key")
  const version = readVersion(reader)
  const createdAt = reader.uint32()
  const algorithm = reader.octet()
  const key = readKey(reader, version, algorithm)
  const publicPart = packet.body.subarray(0, reader.position)
  const isSecret = isSecretKeyPacket(packet)
  if (!isSecret) reader.end()
  const isPrimary = isPrimaryKeyPacket(packet)
  const publicType = isPrimary ? packetType.publicKey : packetType.publicSubkey
  return {
    isPrimary,
    version,
    createdAt,
    algorithm,
    key,
    publicPart,
    secretPart: isSecret ? reader.rest : null,
    publicPacket: isSecret ? encodePacket(publicType, [publicPart], packet.headerFormat) : packet.whole,
    headerFormat: packet.headerFormat,
    fingerprint: fingerprintOf(version, publicPart),
  }
}

function readVersion(reader: PacketReader): KeyPacketVersion {
  const version = reader.octet()
  if (version === 4 || version === 6) return version
  throw reader.invalid(version < 10 ? `keys of version ${version} are not supported` : "version")
}

function readKey(reader: PacketReader, version: KeyPacketVersion, algorithm: number): PublicKeyParts | Unsupported {
  if (version === 4) return readPublicFields(reader, algorithm)
  const fields = new PacketReader(reader.bytes(reader.uint32()), "OpenPGP key")
  const key = readPublicFields(fields, algorithm)
  fields.end()
  if ("kind" in key && hasLegacyFields(algorithm, key)) throw reader.invalid("fields of version 4 in a later version")
  return key
}

/** Section 5.5.4; hashed with SHA-1 in version 4. */
function fingerprintOf(version: KeyPacketVersion, publicPart: Uint8Array): string {
  return createHash(version === 4 ? "sha1" : "sha256")
    .update(concatenated(hashedKey(version, publicPart)))
    .digest("hex")
    .toUpperCase()
}

/** A public key as fingerprints and signatures hash it (sections 5.2.4 and 5.5.4). */
export function hashedKey(version: KeyPacketVersion, publicPart: Uint8Array): Uint8Array[] {
  return version === 4
    ? [Uint8Array.of(0x99), uint16Of(publicPart.length), publicPart]
    : [Uint8Array.of(0x9b), uint32Of(publicPart.length), publicPart]
}

/** How programs call a key for short (5.5.4): the last eight octets of a fingerprint of version 4, the first of version 6. */
export function keyIdOf({ version, fingerprint }: Pick<KeyPacket, "version" | "fingerprint">): string {
  return version === 4 ? fingerprint.slice(-16) : fingerprint.slice(0, 16)
}

/** @throws INVALID_INPUT with the reason, for a key of a kind that can't be taken */
export function supportedParts({ key }: KeyPacket): PublicKeyParts {
  if ("unsupported" in key) throw new VaultError("INVALID_INPUT", `OpenPGP key: ${key.unsupported}`)
  return key
}

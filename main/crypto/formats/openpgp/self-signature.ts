import { concatenated } from "../concatenated.ts"
import type { KeyPacket } from "./key-packet.ts"
import { uint32Of } from "./packet-fields.ts"
import { packetType } from "./packets.ts"
import { type SigningKey, signatureBody, subpacket } from "./signature-body.ts"

const positiveCertification = 0x13

/** Signature subpackets by their number (RFC 9580, 5.2.3.7). */
const subpacketType = {
  preferredCiphers: 11,
  preferredHashes: 21,
  preferredCompressions: 22,
  keyServer: 23,
  primaryUserId: 25,
  keyFlags: 27,
  features: 30,
} as const

/** What others may use towards this key; where it says nothing, they fall back on the oldest. */
const preferences = concatenated([
  // AES-256, AES-192, AES-128
  ...subpacket(subpacketType.preferredCiphers, Uint8Array.of(9, 8, 7)),
  // SHA-512, SHA-384, SHA-256
  ...subpacket(subpacketType.preferredHashes, Uint8Array.of(10, 9, 8)),
  // ZLIB, ZIP
  ...subpacket(subpacketType.preferredCompressions, Uint8Array.of(2, 1)),
  // encryption that shows changes
  ...subpacket(subpacketType.features, Uint8Array.of(0x01)),
  // only its owner changes it on a key server
  ...subpacket(subpacketType.keyServer, Uint8Array.of(0x80)),
])

/**
 * The body of a signature (RFC 9580, 5.2.3) by which a primary key of version 4 takes a user id as its own, as of its
 * creation: a key that is certified twice is the same certificate, but where the scheme has a random part.
 *
 * @param flags - what the key may be used for
 */
export function selfSignature(
  key: SigningKey,
  primary: KeyPacket,
  userId: Uint8Array,
  flags: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return signatureBody(key, primary, {
    type: positiveCertification,
    createdAt: primary.createdAt,
    about: [Uint8Array.of(0x80 | (packetType.userId << 2)), uint32Of(userId.length), userId],
    subpackets: [
      ...subpacket(subpacketType.keyFlags, Uint8Array.of(flags)),
      preferences,
      ...subpacket(subpacketType.primaryUserId, Uint8Array.of(1)),
    ],
  })
}

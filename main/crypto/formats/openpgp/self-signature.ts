import { createHash } from "node:crypto"
import type { Algorithm, Mechanism } from "../../../../preload/contract/values.ts"
import { sign } from "../../algorithms/signature.ts"
import { concatenated } from "../concatenated.ts"
import { hashedKey, type KeyPacket, keyIdOf } from "./key-packet.ts"
import { mpiOf, uint16Of, uint32Of } from "./packet-fields.ts"
import { newLengthOf, packetType } from "./packets.ts"

const positiveCertification = 0x13

/** Signature subpackets by their number (RFC 9580, 5.2.3.7). */
const subpacketType = {
  createdAt: 2,
  preferredCiphers: 11,
  issuer: 16,
  preferredHashes: 21,
  preferredCompressions: 22,
  keyServer: 23,
  primaryUserId: 25,
  keyFlags: 27,
  features: 30,
  issuerFingerprint: 33,
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

type HashName = "sha256" | "sha384" | "sha512"

interface Scheme {
  readonly mechanism: Mechanism
  readonly hash: HashName
  /** the hash's number (9.5) */
  readonly hashNumber: number
  /** whether the scheme signs the hash itself, as a message (5.2.3.3) */
  readonly signsHash?: true
}

const sha512 = { hash: "sha512", hashNumber: 10 } as const
const sha384 = { hash: "sha384", hashNumber: 9 } as const
const sha256 = { hash: "sha256", hashNumber: 8 } as const

const schemes: Readonly<Partial<Record<Algorithm, Scheme>>> = {
  "rsa-2048": { mechanism: "rsa-pkcs1-sha512", ...sha512 },
  "rsa-3072": { mechanism: "rsa-pkcs1-sha512", ...sha512 },
  "rsa-4096": { mechanism: "rsa-pkcs1-sha512", ...sha512 },
  "ec-p256": { mechanism: "ecdsa-sha256-p1363", ...sha256 },
  "ec-p384": { mechanism: "ecdsa-sha384-p1363", ...sha384 },
  "ec-p521": { mechanism: "ecdsa-sha512-p1363", ...sha512 },
  ed25519: { mechanism: "ed25519", ...sha512, signsHash: true },
}

/**
 * The body of a signature (RFC 9580, 5.2.3) by which a primary key of version 4 takes a user id as its own, as of its
 * creation: a key that is certified twice is the same certificate, but where the scheme has a random part.
 *
 * @param material - PKCS#8 DER; stays the caller's
 * @param flags - what the key may be used for
 */
export async function selfSignature(
  { algorithm, material }: { readonly algorithm: Algorithm; readonly material: Uint8Array },
  primary: KeyPacket,
  userId: Uint8Array,
  flags: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const scheme = schemes[algorithm]
  if (scheme === undefined) throw new Error(`${algorithm} does not sign`)
  const hashed = hashedSubpackets(primary, flags)
  const head = concatenated([
    Uint8Array.of(4, positiveCertification, primary.algorithm, scheme.hashNumber),
    uint16Of(hashed.length),
    hashed,
  ])
  const message = concatenated([
    ...hashedKey(primary.version, primary.publicPart),
    Uint8Array.of(0x80 | (packetType.userId << 2)),
    uint32Of(userId.length),
    userId,
    head,
    Uint8Array.of(4, 0xff),
    uint32Of(head.length),
  ])
  const digest = createHash(scheme.hash).update(message).digest()
  const signature = await sign(algorithm, scheme.mechanism, material, scheme.signsHash === true ? digest : message)
  const issuer = concatenated(subpacket(subpacketType.issuer, Buffer.from(keyIdOf(primary), "hex")))
  const start = digest.subarray(0, 2)
  return concatenated([head, uint16Of(issuer.length), issuer, start, ...signatureNumbers(algorithm, signature)])
}

function hashedSubpackets({ version, createdAt, fingerprint }: KeyPacket, flags: number): Uint8Array {
  const issuer = concatenated([Uint8Array.of(version), Buffer.from(fingerprint, "hex")])
  return concatenated([
    ...subpacket(subpacketType.issuerFingerprint, issuer),
    ...subpacket(subpacketType.createdAt, uint32Of(createdAt)),
    ...subpacket(subpacketType.keyFlags, Uint8Array.of(flags)),
    preferences,
    ...subpacket(subpacketType.primaryUserId, Uint8Array.of(1)),
  ])
}

function subpacket(type: number, content: Uint8Array): Uint8Array[] {
  return [...newLengthOf(content.length + 1), Uint8Array.of(type), content]
}

/** One number for RSA; of the others two, each half of the signature. */
function signatureNumbers(algorithm: Algorithm, signature: Uint8Array): Uint8Array[] {
  if (algorithm.startsWith("rsa")) return mpiOf(signature)
  const half = signature.length / 2
  return [...mpiOf(signature.subarray(0, half)), ...mpiOf(signature.subarray(half))]
}

import { createHash } from "node:crypto"
import type { Algorithm, Mechanism } from "../../../../preload/contract/values.ts"
import { sign } from "../../algorithms/signature.ts"
import { concatenated } from "../concatenated.ts"
import { hashedKey, type KeyPacket, keyIdOf } from "./key-packet.ts"
import { mpiOf, uint16Of, uint32Of } from "./packet-fields.ts"
import { newLengthOf } from "./packets.ts"

/** Signature subpackets that every signature here has, by their number (RFC 9580, 5.2.3.7). */
const subpacketType = { createdAt: 2, issuer: 16, issuerFingerprint: 33 } as const

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

/** A key that signs something about itself. */
export interface SigningKey {
  readonly algorithm: Algorithm
  /** PKCS#8 DER; stays the caller's */
  readonly material: Uint8Array
}

export interface SignedStatement {
  /** the kind of signature (5.2.1) */
  readonly type: number
  /** seconds since 1970 */
  readonly createdAt: number
  /** what is signed beside the key itself (5.2.4) */
  readonly about: readonly Uint8Array[]
  /** further subpackets, under the signature */
  readonly subpackets: readonly Uint8Array[]
}

/** The body of a signature (RFC 9580, 5.2.3) of a primary key of version 4 over itself. */
export async function signatureBody(
  { algorithm, material }: SigningKey,
  primary: KeyPacket,
  { type, createdAt, about, subpackets }: SignedStatement,
): Promise<Uint8Array<ArrayBuffer>> {
  const scheme = schemes[algorithm]
  if (scheme === undefined) throw new Error(`${algorithm} does not sign`)
  const issuer = concatenated([Uint8Array.of(primary.version), Buffer.from(primary.fingerprint, "hex")])
  const hashed = concatenated([
    ...subpacket(subpacketType.issuerFingerprint, issuer),
    ...subpacket(subpacketType.createdAt, uint32Of(createdAt)),
    ...subpackets,
  ])
  const head = concatenated([
    Uint8Array.of(4, type, primary.algorithm, scheme.hashNumber),
    uint16Of(hashed.length),
    hashed,
  ])
  const message = concatenated([
    ...hashedKey(primary.version, primary.publicPart),
    ...about,
    head,
    Uint8Array.of(4, 0xff),
    uint32Of(head.length),
  ])
  const digest = createHash(scheme.hash).update(message).digest()
  const signature = await sign(algorithm, scheme.mechanism, material, scheme.signsHash === true ? digest : message)
  const keyId = concatenated(subpacket(subpacketType.issuer, Buffer.from(keyIdOf(primary), "hex")))
  const start = digest.subarray(0, 2)
  return concatenated([head, uint16Of(keyId.length), keyId, start, ...signatureNumbers(algorithm, signature)])
}

export function subpacket(type: number, content: Uint8Array): Uint8Array[] {
  return [...newLengthOf(content.length + 1), Uint8Array.of(type), content]
}

/** One number for RSA; of the others two, each half of the signature. */
function signatureNumbers(algorithm: Algorithm, signature: Uint8Array): Uint8Array[] {
  if (algorithm.startsWith("rsa")) return mpiOf(signature)
  const half = signature.length / 2
  return [...mpiOf(signature.subarray(0, half)), ...mpiOf(signature.subarray(half))]
}

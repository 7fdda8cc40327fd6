import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { concatenated } from "../concatenated.ts"
import { edwardsKeyLength, edwardsPublicKeyOf } from "../edwards-private-key.ts"
import { curves } from "../elliptic-curves.ts"
import type { EdwardsPrivateParts, PrivateKeyParts, PublicKeyParts } from "../key-parts.ts"
import { crtCoefficient, crtExponent } from "../rsa-numbers.ts"
import { type KeyPacket, supportedParts } from "./key-packet.ts"
import { mpiOf } from "./packet-fields.ts"
import { PacketReader } from "./packet-reader.ts"
import { openpgpAlgorithm } from "./public-fields.ts"

/**
 * Reads the fields of a secret key (RFC 9580, 5.5.5) and puts them beside the public ones. Ed25519 and X25519, whose public key is no field of
 * what is made of them, are compared with it here; of the others `checkPrivateKey` proves that both halves fit.
 *
 * @param owned - is given what is decoded; other parts are views
 * @throws INVALID_INPUT when a field is not what the algorithm asks for, or of another key than the public part
 */
export function readSecretFields(key: KeyPacket, fields: Uint8Array, owned: DisposableStack): PrivateKeyParts {
  const parts = supportedParts(key)
  const reader = new PacketReader(fields, "OpenPGP key")
  const found = readParts(reader, key, parts, owned)
  reader.end()
  return found
}

function readParts(
  reader: PacketReader,
  key: KeyPacket,
  parts: PublicKeyParts,
  owned: DisposableStack,
): PrivateKeyParts {
  switch (parts.kind) {
    case "rsa": {
      // OpenPGP's u is the inverse of p; exchanging p and q makes it PKCS#1's qi, the inverse of q.
      const [d, q, p, qi] = [reader.mpi(), reader.mpi(), reader.mpi(), reader.mpi()]
      const dp = owned.use(crtExponent(d, p)).bytes
      const dq = owned.use(crtExponent(d, q)).bytes
      return { ...parts, d, p, q, dp, dq, qi }
    }
    case "ec":
      return { ...parts, d: padded(reader, curves[parts.curve].size, owned) }
    case "ed25519":
    case "x25519": {
      const found = { kind: parts.kind, privateKey: readEdwards(reader, key, owned) }
      requirePublicKey(found, parts.publicKey)
      return found
    }
    case "lattice":
    case "slh-dsa":
      throw new VaultError("INVALID_INPUT", `OpenPGP: ${parts.algorithm} is not supported`)
  }
}

/** Algorithms 25 and 27 have the octets as they are; the older two a number, and X25519 that number the other way round. */
function readEdwards(reader: PacketReader, { algorithm }: KeyPacket, owned: DisposableStack): Uint8Array {
  switch (algorithm) {
    case openpgpAlgorithm.eddsaLegacy:
      return padded(reader, edwardsKeyLength, owned)
    case openpgpAlgorithm.ecdh:
      return padded(reader, edwardsKeyLength, owned).reverse()
    default:
      return reader.bytes(edwardsKeyLength)
  }
}

/** A number at its full length. */
function padded(reader: PacketReader, length: number, owned: DisposableStack): Uint8Array {
  const magnitude = reader.mpi()
  if (magnitude.length > length) throw reader.invalid("the secret number is too long")
  const { bytes } = owned.use(Secret.ofSize(length))
  bytes.set(magnitude, length - magnitude.length)
  return bytes
}

function requirePublicKey(found: EdwardsPrivateParts, publicKey: Uint8Array): void {
  if (Buffer.compare(edwardsPublicKeyOf(found), publicKey) !== 0) {
    throw new VaultError("INVALID_INPUT", "OpenPGP key: the public part is of another private key")
  }
}

/** The fields of a secret key for a packet of this algorithm. */
export function secretFieldsOf(parts: PrivateKeyParts, algorithm: number): Secret {
  switch (parts.kind) {
    case "rsa": {
      // The smaller prime comes first (5.5.5.1).
      const isOrdered = Buffer.compare(parts.q, parts.p) < 0
      const [p, q] = isOrdered ? [parts.q, parts.p] : [parts.p, parts.q]
      using u = isOrdered ? Secret.copyOf(parts.qi) : crtCoefficient(p, q)
      return new Secret(concatenated([parts.d, p, q, u.bytes].flatMap(mpiOf)))
    }
    case "ec":
      return new Secret(concatenated(mpiOf(parts.d)))
    case "ed25519":
      return algorithm === openpgpAlgorithm.eddsaLegacy
        ? new Secret(concatenated(mpiOf(parts.privateKey)))
        : Secret.copyOf(parts.privateKey)
    case "x25519":
      return algorithm === openpgpAlgorithm.ecdh ? legacyScalar(parts.privateKey) : Secret.copyOf(parts.privateKey)
    case "lattice":
    case "slh-dsa":
      throw new VaultError("INVALID_INPUT", `OpenPGP: ${parts.algorithm} is not supported`)
  }
}

/** The number of an X25519 key; the bits that X25519 does not look at are set as GnuPG expects to find them (RFC 7748, section 5). */
function legacyScalar(privateKey: Uint8Array): Secret {
  using scalar = Secret.copyOf(privateKey)
  const { bytes } = scalar
  bytes[0] = (bytes[0] ?? 0) & 0xf8
  bytes[31] = ((bytes[31] ?? 0) & 0x7f) | 0x40
  return new Secret(concatenated(mpiOf(bytes.reverse())))
}

import type { Algorithm, Purpose } from "../../../../preload/contract/values.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { concatenated } from "../concatenated.ts"
import type { PublicKeyParts } from "../key-parts.ts"
import { oneLine } from "../openssh-public-key.ts"
import { decodePrivateKeyInfo } from "../private-key-info.ts"
import { publicPartsOf } from "../public-key-of.ts"
import { type KeyPacket, readKeyPacket } from "./key-packet.ts"
import { keyFlag } from "./key-purpose.ts"
import { countedOf, mpiOf, uint32Of } from "./packet-fields.ts"
import { encodePacket, packetType, readPackets } from "./packets.ts"
import { curveIdentifierOf, ed25519LegacyIdentifier, nativePointPrefix, openpgpAlgorithm } from "./public-fields.ts"
import { selfSignature } from "./self-signature.ts"

/** A private key, and what OpenPGP makes part of its fingerprint or of what it signs of itself. */
export interface KeyToCertify {
  readonly algorithm: Algorithm
  /** PKCS#8 DER; stays the caller's */
  readonly material: Uint8Array
  /** RFC 3339; OpenPGP counts whole seconds */
  readonly createdAt: string
  /** the user id */
  readonly comment: string | null
  readonly purpose: Purpose | null
}

const sealingPurposes: readonly (Purpose | null)[] = ["encryption", "key-wrapping", "key-agreement"]

/** OpenPGP's clock has 32 bits. */
const lastSecond = 0xffff_ffff

/**
 * Makes a certificate of version 4, which GnuPG 2.2 reads, for a key that has none: the key and one user id, signed as of
 * the key's creation. The fingerprint depends on the key and its creation alone.
 *
 * @returns a transferable public key, which holds nothing secret
 * @throws INVALID_INPUT for a key that can't be a primary key, which signs, or that was created outside of 1970 to 2106
 */
export async function newCertificate(key: KeyToCertify): Promise<Uint8Array<ArrayBuffer>> {
  if (sealingPurposes.includes(key.purpose)) throw signsNothing()
  const parts = publicPartsOf(decodePrivateKeyInfo(key.material).parts)
  const primary = newPrimaryKey(parts, secondsOf(key.createdAt))
  const userId = Buffer.from(oneLine(key.comment ?? "") || "unnamed")
  const flags = keyFlag.certify | (key.purpose === "authentication" ? keyFlag.authenticate : keyFlag.sign)
  const signature = await selfSignature(key, primary, userId, flags)
  return concatenated([
    primary.publicPacket,
    encodePacket(packetType.userId, [userId], "old"),
    encodePacket(packetType.signature, [signature], "old"),
  ])
}

function newPrimaryKey(parts: PublicKeyParts, createdAt: number): KeyPacket {
  const body = [Uint8Array.of(4), uint32Of(createdAt), ...fieldsOf(parts)]
  const [packet] = readPackets(encodePacket(packetType.publicKey, body, "old"))
  if (packet === undefined) throw new Error("no packet")
  return readKeyPacket(packet)
}

/** The algorithm and its fields: for Ed25519 those that GnuPG 2.2 knows. */
function fieldsOf(parts: PublicKeyParts): Uint8Array[] {
  switch (parts.kind) {
    case "rsa":
      return [Uint8Array.of(openpgpAlgorithm.rsa), ...mpiOf(parts.n), ...mpiOf(parts.e)]
    case "ec": {
      const identifier = curveIdentifierOf(parts.curve)
      if (identifier === null) throw new VaultError("INVALID_INPUT", `OpenPGP: ${parts.curve} is not supported`)
      return [Uint8Array.of(openpgpAlgorithm.ecdsa), ...countedOf(identifier), ...mpiOf(parts.publicPoint)]
    }
    case "ed25519": {
      const point = concatenated([Uint8Array.of(nativePointPrefix), parts.publicKey])
      return [Uint8Array.of(openpgpAlgorithm.eddsaLegacy), ...countedOf(ed25519LegacyIdentifier), ...mpiOf(point)]
    }
    case "x25519":
      throw signsNothing()
    case "lattice":
    case "slh-dsa":
      throw new VaultError("INVALID_INPUT", `OpenPGP: ${parts.algorithm} is not supported`)
  }
}

function secondsOf(createdAt: string): number {
  const seconds = Math.floor(Date.parse(createdAt) / 1000)
  if (seconds >= 0 && seconds <= lastSecond) return seconds
  throw new VaultError("INVALID_INPUT", "OpenPGP: the key was not created between 1970 and 2106")
}

function signsNothing(): VaultError {
  return new VaultError(
    "INVALID_INPUT",
    "OpenPGP: a key that does not sign has a certificate only as the subkey of one that does",
  )
}

import { createPrivateKey, createPublicKey } from "node:crypto"
import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import {
  type DerValue,
  derElement,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../asn1/der-writer.ts"
import { publicKeyOfExpanded, publicKeyOfSeed } from "../post-quantum/noble-lattices.ts"
import { type LatticeAlgorithm, latticeSets } from "../post-quantum/parameter-sets.ts"
import { runtimeHas, runtimeReadsExpanded } from "../post-quantum/runtime-support.ts"
import { algorithmIdentifier } from "./algorithm-identifier.ts"
import type { LatticePrivateParts } from "./key-parts.ts"

const seedTag = contextTag(0, "primitive")

/**
 * Reads an ML-KEM-PrivateKey (RFC 9935, section 6) or ML-DSA-PrivateKey (RFC 9881, section 6): the seed, the expanded key, or both. Views of
 * `der`; whether the two belong together is not looked at here.
 *
 * @throws INVALID_INPUT when it is none of the three, or a size is not the algorithm's
 */
export function decodeLatticePrivateKey(der: Uint8Array, algorithm: LatticeAlgorithm): LatticePrivateParts {
  const reader = new DerReader(der, "the private key")
  const parts = readChoice(reader, algorithm)
  reader.end()
  const { seedSize, expandedSize } = latticeSets[algorithm]
  if (parts.seed !== null && parts.seed.length !== seedSize) throw wrongSize("seed", algorithm, seedSize)
  if (parts.expanded !== null && parts.expanded.length !== expandedSize) {
    throw wrongSize("expanded key", algorithm, expandedSize)
  }
  return parts
}

function readChoice(reader: DerReader, algorithm: LatticeAlgorithm): LatticePrivateParts {
  if (reader.isNext(seedTag)) return { kind: "lattice", algorithm, seed: reader.content(seedTag), expanded: null }
  if (reader.isNext(derTag.octetString)) {
    return { kind: "lattice", algorithm, seed: null, expanded: reader.octetString() }
  }
  const both = reader.sequence()
  const [seed, expanded] = [both.octetString(), both.octetString()]
  both.end()
  return { kind: "lattice", algorithm, seed, expanded }
}

function wrongSize(what: string, algorithm: LatticeAlgorithm, size: number): VaultError {
  return new VaultError("INVALID_INPUT", `the ${what} of ${algorithm} is not ${size} bytes`)
}

/** The PrivateKeyInfo that holds the seed alone; of a key whose seed is not known, the expanded key. */
export function latticePrivateKeyInfo(parts: LatticePrivateParts): DerValue {
  const privateKey = parts.seed === null ? derOctetString(parts.expanded) : derElement(seedTag, parts.seed)
  return derSequence(derSmallInteger(0), algorithmIdentifier(parts), derOctetString(privateKey))
}

/** Whether node:crypto can take this private key. */
export function runtimeTakes(parts: LatticePrivateParts): boolean {
  return parts.seed === null ? runtimeReadsExpanded(parts.algorithm) : runtimeHas(parts.algorithm)
}

/**
 * The public key, computed from the seed, or else from the expanded key.
 *
 * @throws INVALID_INPUT when the expanded key is none
 */
export function latticePublicKeyOf(parts: LatticePrivateParts): Uint8Array<ArrayBuffer> {
  try {
    return runtimeTakes(parts) ? publicKeyByNode(parts) : publicKeyByNoble(parts)
  } catch {
    throw new VaultError("INVALID_INPUT", `the parts of the private key of ${parts.algorithm} don't fit each other`)
  }
}

/** By node:crypto, where `runtimeTakes`. */
export function publicKeyByNode(parts: LatticePrivateParts): Uint8Array<ArrayBuffer> {
  const der = encodeDer(latticePrivateKeyInfo(parts))
  try {
    const privateKey = createPrivateKey({ key: Buffer.from(der.buffer), format: "der", type: "pkcs8" })
    const subjectPublicKeyInfo = createPublicKey(privateKey).export({ format: "der", type: "spki" })
    // The key is the end of the structure.
    return new Uint8Array(subjectPublicKeyInfo.subarray(-latticeSets[parts.algorithm].publicKeySize))
  } finally {
    der.fill(0)
  }
}

/** By @noble/post-quantum, anywhere. */
export function publicKeyByNoble({ algorithm, seed, expanded }: LatticePrivateParts): Uint8Array<ArrayBuffer> {
  return seed === null ? publicKeyOfExpanded(algorithm, expanded) : publicKeyOfSeed(algorithm, seed)
}

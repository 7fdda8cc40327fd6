import { contextTag } from "../../main/crypto/asn1/der-tag.ts"
import {
  type DerValue,
  derElement,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { expandedKeyOf } from "../../main/crypto/post-quantum/noble-lattices.ts"
import { type LatticeAlgorithm, latticeSets } from "../../main/crypto/post-quantum/parameter-sets.ts"
import { sampleKey } from "./sample-keys.ts"

/** OneAsymmetricKey around a private key; of version 2, with a public key, if one is given. */
export function pkcs8(
  algorithm: LatticeAlgorithm,
  privateKey: DerValue | Uint8Array,
  publicKey?: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const identifier = derSequence(derObjectIdentifier(latticeSets[algorithm].objectIdentifier))
  const fields = [derSmallInteger(publicKey === undefined ? 0 : 1), identifier, derOctetString(privateKey)]
  if (publicKey === undefined) return encodeDer(derSequence(...fields))
  const bits = [new Uint8Array(1), publicKey]
  return encodeDer(derSequence(...fields, derElement(contextTag(1, "primitive"), ...bits)))
}

export function seedForm(seed: Uint8Array): DerValue {
  return derElement(contextTag(0, "primitive"), seed)
}

export function bothForms(seed: Uint8Array, expanded: Uint8Array): DerValue {
  return derSequence(derOctetString(seed), derOctetString(expanded))
}

/** A key of ours in all its forms. */
export async function latticeSample(algorithm: LatticeAlgorithm) {
  using material = await sampleKey(algorithm)
  const { parts } = decodePrivateKeyInfo(new Uint8Array(material.bytes))
  if (parts.kind !== "lattice" || parts.seed === null) throw new Error("no seed")
  const decoded = decodePublicKeyInfo(publicKeyOf(material.bytes)).parts
  if (decoded.kind !== "lattice") throw new Error("another algorithm")
  const expanded = expandedKeyOf(algorithm, parts.seed).bytes
  return { material: new Uint8Array(material.bytes), seed: parts.seed, expanded, publicKey: decoded.publicKey }
}

/** The same bytes with a bit turned in the one at this place. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = new Uint8Array(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

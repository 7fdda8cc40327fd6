import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import { type DerValue, derNull, derObjectIdentifier, derSequence } from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import {
  type LatticeAlgorithm,
  latticeAlgorithms,
  latticeSets,
  type SlhDsaAlgorithm,
  slhDsaAlgorithms,
  slhDsaSets,
} from "../post-quantum/parameter-sets.ts"
import { readNamedCurve } from "./ec-private-key.ts"
import { curves, type EcCurve } from "./elliptic-curves.ts"
import { unsupportedName } from "./unsupported-identifiers.ts"

/** What an AlgorithmIdentifier says about a key: its family and, where that has several, the curve or parameter set. */
export type KeyFamily =
  | { readonly kind: "rsa" | "ed25519" | "x25519" }
  | { readonly kind: "ec"; readonly curve: EcCurve }
  | { readonly kind: "lattice"; readonly algorithm: LatticeAlgorithm }
  | { readonly kind: "slh-dsa"; readonly algorithm: SlhDsaAlgorithm }

/**
 * Reads the AlgorithmIdentifier of a private or public key (RFC 8017 A.1, RFC 5480 2.1.1, RFC 8410 3, RFC 9881 2,
 * RFC 9909 3, RFC 9935 3).
 *
 * @throws INVALID_INPUT for parameters the standard does not have there, or an algorithm that is not supported
 */
export function readAlgorithmIdentifier(reader: DerReader): KeyFamily {
  const family = readFamily(reader)
  reader.end()
  return family
}

function readFamily(reader: DerReader): KeyFamily {
  const identifier = reader.objectIdentifier()
  switch (identifier) {
    case objectIdentifier.rsaEncryption:
      reader.null()
      return { kind: "rsa" }
    case objectIdentifier.ecPublicKey:
      return { kind: "ec", curve: readNamedCurve(reader) }
    case objectIdentifier.ed25519:
      return { kind: "ed25519" }
    case objectIdentifier.x25519:
      return { kind: "x25519" }
    case objectIdentifier.rsassaPss:
      throw new VaultError("INVALID_INPUT", "the key's algorithm: RSA limited to PSS is not supported")
    default:
      return postQuantumFamily(identifier)
  }
}

function postQuantumFamily(identifier: string): KeyFamily {
  const lattice = latticeAlgorithms.find((each) => latticeSets[each].objectIdentifier === identifier)
  if (lattice !== undefined) return { kind: "lattice", algorithm: lattice }
  const slhDsa = slhDsaAlgorithms.find((each) => slhDsaSets[each].objectIdentifier === identifier)
  if (slhDsa !== undefined) return { kind: "slh-dsa", algorithm: slhDsa }
  throw new VaultError("INVALID_INPUT", `the key's algorithm is not supported: ${unsupportedName(identifier)}`)
}

/** The AlgorithmIdentifier of a key of this family. */
export function algorithmIdentifier(family: KeyFamily): DerValue {
  switch (family.kind) {
    case "rsa":
      return derSequence(derObjectIdentifier(objectIdentifier.rsaEncryption), derNull())
    case "ec":
      return derSequence(
        derObjectIdentifier(objectIdentifier.ecPublicKey),
        derObjectIdentifier(curves[family.curve].objectIdentifier),
      )
    case "ed25519":
    case "x25519":
      return derSequence(derObjectIdentifier(objectIdentifier[family.kind]))
    case "lattice":
      return derSequence(derObjectIdentifier(latticeSets[family.algorithm].objectIdentifier))
    case "slh-dsa":
      return derSequence(derObjectIdentifier(slhDsaSets[family.algorithm].objectIdentifier))
  }
}

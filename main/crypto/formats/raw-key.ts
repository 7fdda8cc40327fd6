import type { Algorithm } from "../../../preload/contract/values.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { isLattice, isSlhDsa, latticeSets, slhDsaSets } from "../post-quantum/parameter-sets.ts"
import { edwardsKeyLength } from "./edwards-private-key.ts"
import { curveOfAlgorithm, curves, publicPointOf } from "./elliptic-curves.ts"
import { decodeHexadecimal } from "./hexadecimal.ts"
import { type ImportedKey, importPrivateKey, type ReadOptions } from "./imported-key.ts"
import { type PrivateKeyParts, seedIsUnknown } from "./key-parts.ts"
import { importSymmetricKey, isSymmetric } from "./symmetric-key.ts"
import { trimmed } from "./text-lines.ts"

/**
 * Reads bare bytes: a symmetric key, the text of a `secret` exactly as it stands, the 32 bytes of Ed25519 and X25519, an EC scalar of full length,
 * the seed of ML-KEM (FIPS 203: d and z) and ML-DSA, the four quarters of an SLH-DSA key.
 *
 * @throws INVALID_INPUT without `algorithm`, when the length is not the algorithm's, or for RSA, which has no such form
 */
export async function readRaw(content: Uint8Array, { algorithm }: ReadOptions): Promise<ImportedKey[]> {
  if (algorithm === null)
    throw new VaultError("INVALID_INPUT", "raw and hex do not say what they hold: --algorithm is needed")
  if (isSymmetric(algorithm)) return [importSymmetricKey(algorithm, content, null)]
  return [await importPrivateKey(rawPrivateKey(algorithm, content), null)]
}

/**
 * Reads hexadecimal digits in either case, white space only around them; what they stand for is as in `readRaw`.
 *
 * @throws INVALID_INPUT as `readRaw`, and when it is not hexadecimal
 */
export async function readHexadecimal(content: Uint8Array, options: ReadOptions): Promise<ImportedKey[]> {
  const decoded = decodeHexadecimal(trimmed(content))
  if (decoded === null) throw new VaultError("INVALID_INPUT", "not hexadecimal")
  using bytes = new Secret(decoded)
  return await readRaw(bytes.bytes, options)
}

function rawPrivateKey(algorithm: Algorithm, bytes: Uint8Array): PrivateKeyParts {
  const curve = curveOfAlgorithm(algorithm)
  if (curve !== null) {
    requireLength(algorithm, bytes, curves[curve].size)
    return { kind: "ec", curve, d: bytes, publicPoint: publicPointOf(curve, bytes) }
  }
  if (isLattice(algorithm)) {
    requireLength(algorithm, bytes, latticeSets[algorithm].seedSize)
    return { kind: "lattice", algorithm, seed: bytes, expanded: null }
  }
  if (isSlhDsa(algorithm)) {
    requireLength(algorithm, bytes, slhDsaSets[algorithm].privateKeySize)
    return { kind: "slh-dsa", algorithm, privateKey: bytes }
  }
  if (algorithm !== "ed25519" && algorithm !== "x25519") throw noRawForm(algorithm)
  requireLength(algorithm, bytes, edwardsKeyLength)
  return { kind: algorithm, privateKey: bytes }
}

function requireLength(algorithm: Algorithm, bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) throw new VaultError("INVALID_INPUT", `a private key of ${algorithm} is ${length} bytes`)
}

/**
 * The bare private key, as `readRaw` takes it. A view.
 *
 * @throws INVALID_INPUT for RSA, and for ML-KEM and ML-DSA without their seed
 */
export function rawBytesOf(parts: PrivateKeyParts): Uint8Array {
  switch (parts.kind) {
    case "rsa":
      throw noRawForm("RSA")
    case "ec":
      return parts.d
    case "ed25519":
    case "x25519":
    case "slh-dsa":
      return parts.privateKey
    case "lattice":
      if (parts.seed === null) throw seedIsUnknown("raw and hex hold", parts.algorithm)
      return parts.seed
  }
}

function noRawForm(algorithm: string): VaultError {
  return new VaultError("INVALID_INPUT", `a key of ${algorithm} has no raw form`)
}

import { VaultError } from "../../domain/vault-error.ts"
import { equalBytes } from "../constant-time.ts"
import { areReduced } from "../post-quantum/coefficients.ts"
import { expandedKeyOf, nobleKems } from "../post-quantum/noble-lattices.ts"
import { nobleSlhDsaKey } from "../post-quantum/noble-thread.ts"
import { isMlKem, type LatticeAlgorithm, latticeSets, type MlKemAlgorithm } from "../post-quantum/parameter-sets.ts"
import { randomSecret } from "../random.ts"
import type { LatticePrivateParts, SlhDsaPrivateParts } from "./key-parts.ts"
import { publicKeyByNode, runtimeTakes } from "./lattice-private-key.ts"

/**
 * Whether the two forms of an ML-KEM or ML-DSA key are of one key and, where the seed is missing, the expanded key is sound.
 *
 * @param byNode - whether node:crypto is asked; by default, when it can be
 * @throws INVALID_INPUT when not; or when there is nothing here to tell by
 */
export function checkLatticeKey(parts: LatticePrivateParts, byNode = runtimeTakes(parts)): void {
  const { algorithm, seed, expanded } = parts
  if (seed === null) requireSound(parts, byNode)
  else if (expanded !== null && !isMadeOf(algorithm, seed, expanded)) {
    throw invalid(algorithm, "the seed and the expanded key are of two different keys")
  }
}

function isMadeOf(algorithm: LatticeAlgorithm, seed: Uint8Array, expanded: Uint8Array): boolean {
  using made = expandedKeyOf(algorithm, seed)
  return equalBytes(made.bytes, expanded)
}

/** OpenSSL proves all parts of an expanded key against each other as it reads it. */
function requireSound(parts: LatticePrivateParts & { readonly seed: null }, byNode: boolean): void {
  const { algorithm, expanded } = parts
  if (!byNode && !isMlKem(algorithm)) {
    // The library computes t from s1 and s2, but gives only its upper half: a wrong t0 would pass.
    throw invalid(algorithm, "without its seed it can't be checked here, which takes OpenSSL 3.5")
  }
  if (!succeeds(() => (byNode || !isMlKem(algorithm) ? publicKeyByNode(parts) : tryMlKem(algorithm, expanded)))) {
    throw invalid(algorithm, "its parts don't fit each other")
  }
}

/** FIPS 203, 7.1 (pair-wise consistency) and 7.3 (hash check, by the library); throws when one fails. */
function tryMlKem(algorithm: MlKemAlgorithm, expanded: Uint8Array): void {
  const { publicKeySize } = latticeSets[algorithm]
  const kem = nobleKems[algorithm]
  const secretVector = expanded.subarray(0, publicKeySize - 32)
  using message = randomSecret(32)
  const { cipherText, sharedSecret } = kem.encapsulate(kem.getPublicKey(expanded), message.bytes)
  const opened = kem.decapsulate(cipherText, expanded)
  if (!areReduced(secretVector) || !equalBytes(opened, sharedSecret)) throw new Error("not one key pair")
}

/**
 * Whether the root in an SLH-DSA key is that of its tree. Takes a second, in another thread.
 *
 * @throws INVALID_INPUT when it is not
 */
export async function checkSlhDsaKey({ algorithm, privateKey }: SlhDsaPrivateParts): Promise<void> {
  using made = await nobleSlhDsaKey(algorithm, privateKey.subarray(0, (privateKey.length / 4) * 3))
  if (!equalBytes(made.bytes, privateKey)) {
    throw new VaultError("INVALID_INPUT", `${algorithm} key: the public key is of another private key`)
  }
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

function invalid(algorithm: LatticeAlgorithm, reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `${algorithm} key: ${reason}`)
}

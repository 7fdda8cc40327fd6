import { checkPrime } from "node:crypto"
import { VaultError } from "../../domain/vault-error.ts"
import { checkLatticeKey, checkSlhDsaKey } from "./check-post-quantum-key.ts"
import { algorithmOf, bitLength, type PrivateKeyParts, type PublicKeyParts, type RsaPrivateParts } from "./key-parts.ts"
import { publicPartsOf } from "./public-key-of.ts"
import { numberOf } from "./rsa-numbers.ts"

/** RFC 8017 asks for e ≥ 3; FIPS 186-5, A.1.1 for e < 2^256. */
const smallestExponent = 3n
const greatestExponentBits = 256

/**
 * Whether the numbers of a private key from outside fit each other and are what its algorithm asks for. A key that passes has the public half
 * returned; a private half with a foreign public one does not pass.
 *
 * @throws INVALID_INPUT naming what does not fit
 */
export async function checkPrivateKey(parts: PrivateKeyParts): Promise<PublicKeyParts> {
  algorithmOf(parts)
  if (parts.kind === "rsa") await checkRsa(parts)
  if (parts.kind === "lattice") checkLatticeKey(parts)
  if (parts.kind === "slh-dsa") await checkSlhDsaKey(parts)
  return publicPartsOf(parts)
}

async function checkRsa(parts: RsaPrivateParts): Promise<void> {
  requireFitting(parts)
  const verdicts = await Promise.all([isPrime(parts.p), isPrime(parts.q)])
  if (!verdicts.every(Boolean)) throw invalid("p and q are not both prime")
}

/** FIPS 186-5, A.1.1 and SP 800-56B rev. 2, 6.4.1.2: everything but that p and q are prime. */
function requireFitting(parts: RsaPrivateParts): void {
  const halfBits = bitLength(parts.n) / 2
  if (bitLength(parts.p) !== halfBits || bitLength(parts.q) !== halfBits)
    throw invalid("p and q are not half as long as n")
  if (bitLength(parts.e) > greatestExponentBits) throw invalid("e is too large")
  const [e, d, p, q] = [numberOf(parts.e), numberOf(parts.d), numberOf(parts.p), numberOf(parts.q)]
  if (e < smallestExponent || e % 2n === 0n) throw invalid("e must be odd and at least 3")
  const n = numberOf(parts.n)
  if (n !== p * q) throw invalid("n is not p times q")
  // Primes this close are found from n alone (FIPS 186-5, A.1.3, step 5.4).
  const distance = p > q ? p - q : q - p
  if (distance >> BigInt(halfBits - 100) === 0n) throw invalid("p and q are too close to each other")
  if (d >= n || (e * d) % (p - 1n) !== 1n || (e * d) % (q - 1n) !== 1n) throw invalid("d does not belong to e and n")
  if (numberOf(parts.dp) !== d % (p - 1n) || numberOf(parts.dq) !== d % (q - 1n))
    throw invalid("dp or dq does not belong to d")
  const qi = numberOf(parts.qi)
  if (qi >= p || (qi * q) % p !== 1n) throw invalid("qi is not the inverse of q")
}

/** In the thread pool; errs for a composite number once in 2^64 or less (OpenSSL's BN_check_prime chooses the rounds). */
function isPrime(candidate: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    checkPrime(candidate, (error, verdict) => (error instanceof Error ? reject(error) : resolve(verdict)))
  })
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `RSA key: ${reason}`)
}

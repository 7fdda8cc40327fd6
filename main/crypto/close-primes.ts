/** Those that the Baseline Requirements of the CA/Browser Forum (6.1.1.3) ask of whoever issues certificates. */
const rounds = 100

/** Squares end in one of these, in base 16. */
const endsOfSquares: ReadonlySet<bigint> = new Set([0n, 1n, 4n, 9n])

/**
 * Whether Fermat's method factors a modulus at once, because its primes are nearly the same (CVE-2022-26320): then it is a little less than a square,
 * and the difference is a square too.
 */
export function hasClosePrimes(modulus: bigint): boolean {
  const root = squareRoot(modulus)
  const first = root * root === modulus ? root : root + 1n
  for (let mean = first; mean < first + BigInt(rounds); mean += 1n) {
    if (isSquare(mean * mean - modulus)) return true
  }
  return false
}

function isSquare(value: bigint): boolean {
  return endsOfSquares.has(value % 16n) && squareRoot(value) ** 2n === value
}

/** By Newton's method, from above; rounded down. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt(Math.ceil(value.toString(16).length * 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

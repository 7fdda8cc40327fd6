import { Secret } from "../../../domain/secret.ts"
import type { Rolls } from "./rolls.ts"

/** How far back a throw may repeat an earlier one before it shows: people write patterns. */
const greatestLag = 16

/** The quantile of the normal distribution for 99 %, as in NIST SP 800-90B, 6.3.1. */
const quantile = 2.576

/**
 * How many bits of entropy the throws have at the least, by the most common value estimate of NIST SP 800-90B, 6.3.1: of the throws
 * themselves, and of the differences to those one to sixteen before, the least. So a loaded die counts for less, and for nothing a
 * pattern that goes on repeating. Some 130 bits for 99 fair dice, where the ideal is 256: short runs prove little.
 */
export function estimateRollEntropy({ sides, values: { bytes } }: Rolls): number {
  const perThrow = [mostCommonValueEstimate(bytes, sides)]
  for (let lag = 1; lag <= greatestLag; lag++) {
    using differences = Secret.copyOf(bytes.subarray(lag))
    for (const [index, value] of differences.bytes.entries()) {
      differences.bytes[index] = (value + sides - (bytes[index] ?? 0)) % sides
    }
    perThrow.push(mostCommonValueEstimate(differences.bytes, sides))
  }
  return Math.floor(Math.min(...perThrow) * bytes.length)
}

/** Bits a value, by an upper bound of how probable the most common value is. */
function mostCommonValueEstimate(values: Uint8Array, sides: number): number {
  if (values.length < 2) return 0
  const counts = new Uint32Array(sides)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  const share = Math.max(...counts) / values.length
  const bound = share + quantile * Math.sqrt((share * (1 - share)) / (values.length - 1))
  return Math.min(-Math.log2(Math.min(1, bound)), Math.log2(sides))
}

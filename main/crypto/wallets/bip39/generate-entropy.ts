import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { hkdfSha256 } from "../../derive.ts"
import { randomSecret } from "../../random.ts"
import { entropySize, type PhraseLength } from "./entropy-code.ts"
import { estimateRollEntropy } from "./roll-entropy.ts"
import { type Rolls, readRolls } from "./rolls.ts"

/** Throws worth less than this are refused: half a phrase of them would look like more safety than it is. */
export const leastRolls = { dice: 50, coins: 128 } as const

/** Estimated bits; fair throws of the least number have fewer once in some thousand times. */
const leastEstimate = 24

const label = new TextEncoder().encode("claviger/v1/seed-entropy")
const systemSize = 32

/** New entropy, and what the throws that were mixed in are worth. Whoever holds it disposes of it. */
export interface MixedEntropy {
  readonly entropy: Secret
  readonly kind: Rolls["kind"]
  readonly throws: number
  /** Bits, by a careful estimate. */
  readonly estimate: number
}

/** Entropy for a phrase of so many words, of the system's generator alone. */
export function generateEntropy(words: PhraseLength): Secret {
  return randomSecret(entropySize(words))
}

/**
 * Entropy for a phrase, of the system's generator and of throws of dice or coins: HKDF of both (vault format, "Hierarchy"), so that it is
 * as good as the better of them. Throws are never used alone.
 *
 * @param text - the throws, as `readRolls` takes them; not taken over
 * @throws INVALID_INPUT when it holds anything else, too few throws, or throws that repeat themselves too much to be chance
 */
export function generateMixedEntropy(words: PhraseLength, text: Uint8Array): MixedEntropy {
  const rolls = readRolls(text)
  using values = rolls.values
  const throws = values.bytes.length
  if (throws < leastRolls[rolls.kind]) {
    const { dice, coins } = leastRolls
    throw new VaultError("INVALID_INPUT", `the throws: ${throws} are too few; ${dice} of a die or ${coins} of a coin`)
  }
  const estimate = estimateRollEntropy(rolls)
  if (estimate < leastEstimate) throw new VaultError("INVALID_INPUT", "the throws: too regular to be chance")
  using system = randomSecret(systemSize)
  // The system's part has one size, so where the throws begin is no question.
  using both = Secret.ofSize(systemSize + throws)
  both.bytes.set(system.bytes)
  both.bytes.set(values.bytes, systemSize)
  const entropy = hkdfSha256(both.bytes, new Uint8Array(0), label, entropySize(words))
  return { entropy, kind: rolls.kind, throws, estimate }
}

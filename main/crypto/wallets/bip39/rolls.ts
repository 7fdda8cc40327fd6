import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"

/** What a person threw. Whoever holds it disposes of the values. */
export interface Rolls {
  readonly kind: "dice" | "coins"
  /** How many values one throw can have: 6 or 2. */
  readonly sides: number
  /** Each throw as a number from 0. */
  readonly values: Secret
}

const mostBytes = 64 * 1024
const blanks = new Set(Buffer.from(" \t\r\n,;"))

/**
 * Reads throws of dice, 1 to 6, or of coins, 0 and 1 or h and t in either case; blanks, commas and line ends between them do not count.
 *
 * @throws INVALID_INPUT naming the place of a character that is neither, or saying that dice and coins are mixed
 */
export function readRolls(text: Uint8Array): Rolls {
  if (text.length > mostBytes) throw new VaultError("INVALID_INPUT", `the throws: more than ${mostBytes} bytes`)
  using throws = Secret.ofSize(text.length)
  let count = 0
  const seen = { dice: false, coins: false }
  for (const [place, character] of text.entries()) {
    if (blanks.has(character)) continue
    const kind = kindOf(character)
    if (kind === null) throw new VaultError("INVALID_INPUT", `the throws: character ${place + 1} is of no die or coin`)
    if (kind !== "either") seen[kind] = true
    throws.bytes[count++] = character
  }
  if (seen.dice && seen.coins) throw new VaultError("INVALID_INPUT", "the throws: dice and coins in one text")
  const values = Secret.copyOf(throws.bytes.subarray(0, count))
  const kind = seen.coins ? "coins" : "dice"
  for (const [index, character] of values.bytes.entries()) values.bytes[index] = numberOf(character, kind)
  return { kind, sides: kind === "coins" ? 2 : 6, values }
}

/** A "1" alone says nothing: it is of a die or of a coin. */
function kindOf(character: number): Rolls["kind"] | "either" | null {
  if (character === 0x31) return "either"
  if (character >= 0x32 && character <= 0x36) return "dice"
  const lower = character | 0x20
  return character === 0x30 || lower === 0x68 || lower === 0x74 ? "coins" : null
}

/** A digit by its number, a head as 0 and a tail as 1. */
function numberOf(character: number, kind: Rolls["kind"]): number {
  if (kind === "dice") return character - 0x31
  if (character <= 0x31) return character - 0x30
  return (character | 0x20) === 0x68 ? 0 : 1
}

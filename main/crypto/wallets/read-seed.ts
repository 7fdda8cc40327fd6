import type { SeedFormat, SeedLanguage } from "../../../preload/contract/seed.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Seed } from "../../domain/wallet-crypto.ts"
import { decodeHexadecimal } from "../formats/hexadecimal.ts"
import { linesOf, normalisedText, trimmed } from "../formats/text-lines.ts"
import { combineShares } from "../slip39/combine.ts"
import { readExtendedKey } from "./bip32/serialization.ts"
import { phraseLengthOf } from "./bip39/entropy-code.ts"
import { readPhrase } from "./bip39/read-phrase.ts"
import { bareSeed, phraseMaterial, rootMaterial } from "./seed-material.ts"

interface Request {
  readonly format: SeedFormat
  readonly language: SeedLanguage | undefined
  readonly sharesPassphrase: Secret | null
}

const mostShares = 256
/** Each line of SLIP-39 shares has 20 words or more, which no phrase has. */
const leastShareWords = 20

/**
 * Reads a seed: words, shares, hexadecimal entropy, or an xprv of a root. Takes over nothing.
 *
 * @throws INVALID_INPUT naming what is wrong by its place, and never a word; WRONG_SHARES
 */
export async function readSeed(file: Uint8Array, request: Request): Promise<Seed> {
  const text = normalisedText(file)
  requireSomeSecret(text)
  switch (request.format === "auto" ? formatOf(text) : request.format) {
    case "xprv":
      return readRoot(text)
    case "entropy-hex":
      return readEntropy(text, request.language ?? "english")
    case "slip39":
      return await combineSeed(shareLines(text), { ...request, kind: "slip39", language: "english" })
    default: {
      const phrase = await readPhrase(text, request.language)
      using entropy = phrase.entropy
      return phraseMaterial(entropy.bytes, phrase.language)
    }
  }
}

function requireSomeSecret(text: Uint8Array): void {
  if (trimmed(text).length === 0) throw new VaultError("INVALID_INPUT", "there is nothing in the file")
  if (/^[xyztuv]pub[1-9A-HJ-NP-Za-km-z]/.test(startOf(text, 5))) {
    throw new VaultError("INVALID_INPUT", "an extended public key: it watches a wallet, and has no seed in it")
  }
}

function startOf(text: Uint8Array, length: number): string {
  return Buffer.from(text.subarray(0, length)).toString("latin1")
}

/** Puts a seed together from shares (SLIP-39). @throws WRONG_SHARES, INVALID_INPUT */
export async function combineSeed(
  shares: readonly Uint8Array[],
  {
    kind,
    language,
    sharesPassphrase,
  }: { readonly kind: "bip39" | "slip39"; readonly language: SeedLanguage; readonly sharesPassphrase: Secret | null },
): Promise<Seed> {
  using secret = await combineShares(shares, sharesPassphrase ?? undefined)
  if (kind === "slip39") return bareSeed(secret.bytes)
  if (phraseLengthOf(secret.bytes.length) === null) {
    throw new VaultError(
      "INVALID_INPUT",
      `kind: the shares give ${secret.bytes.length} bytes, which no phrase has: slip39`,
    )
  }
  return phraseMaterial(secret.bytes, language)
}

function formatOf(text: Uint8Array): SeedFormat {
  if (/^[xyztuv]prv$/.test(startOf(text, 4))) return "xprv"
  const isHexadecimal = text.every((octet) => /[0-9a-fA-F]/.test(String.fromCharCode(octet)))
  if (isHexadecimal) return "entropy-hex"
  return countWords(linesOf(text, mostShares)?.[0] ?? text) >= leastShareWords && hasShareLines(text)
    ? "slip39"
    : "bip39"
}

/** A phrase of 21 or 24 words stands in one line too; a share has 20 or 33. */
function hasShareLines(text: Uint8Array): boolean {
  return shareLines(text).every((line) => [20, 23, 27, 30, 33, 59].includes(countWords(line)))
}

/** As white space parts them. */
export function countWords(line: Uint8Array): number {
  let words = 0
  for (const [position, octet] of line.entries()) {
    const isStart = octet !== 0x20 && (position === 0 || line[position - 1] === 0x20)
    if (isStart) words += 1
  }
  return words
}

function shareLines(text: Uint8Array): Uint8Array[] {
  const lines = linesOf(text, mostShares)
  if (lines === null) throw new VaultError("INVALID_INPUT", `shares: more than ${mostShares}`)
  return lines.map(trimmed).filter((line) => line.length > 0)
}

function readRoot(text: Uint8Array): Seed {
  const read = readExtendedKey(text)
  if (!read.isPrivate) throw new VaultError("INVALID_INPUT", "extended key: a public one, which holds no seed")
  using key = read.key
  if (key.place.depth > 0)
    throw new VaultError("INVALID_INPUT", "extended key: not that of a root, so it is no whole wallet")
  // Its addresses would be shown as those of the main network, where nobody waits for what is sent to them.
  if (read.network !== "mainnet") throw new VaultError("INVALID_INPUT", "extended key: of a test network")
  return rootMaterial(key)
}

function readEntropy(text: Uint8Array, language: SeedLanguage): Seed {
  const entropy = decodeHexadecimal(text)
  try {
    if (entropy === null || phraseLengthOf(entropy.length) === null) {
      throw new VaultError("INVALID_INPUT", "entropy: 32, 40, 48, 56 or 64 hexadecimal digits are expected")
    }
    return phraseMaterial(entropy, language)
  } finally {
    entropy?.fill(0)
  }
}

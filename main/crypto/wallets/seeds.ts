import type { ChildKind, SharePlan } from "../../../preload/contract/seed.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Seed, SeedWords } from "../../domain/wallet-crypto.ts"
import { equalBytes } from "../constant-time.ts"
import { decodeHexadecimal, encodeHexadecimal } from "../formats/hexadecimal.ts"
import { normalisedText } from "../formats/text-lines.ts"
import { randomSecret } from "../random.ts"
import { splitSecret } from "../slip39/split.ts"
import { formatDerivationPath } from "./bip32/derivation-path.ts"
import { writeExtendedPrivateKey } from "./bip32/serialization.ts"
import { comparePhrase } from "./bip39/compare-phrases.ts"
import { generateEntropy, generateMixedEntropy } from "./bip39/generate-entropy.ts"
import { writePhrase } from "./bip39/write-phrase.ts"
import { childPathOf } from "./bip85/child-path.ts"
import { countWords, readSeed } from "./read-seed.ts"
import { bareSeed, entropyOf, phraseMaterial, rootOf, wordsOf } from "./seed-material.ts"

/** A new phrase. @param dice - throws that are mixed in; not taken over @throws INVALID_INPUT about the throws */
export function generateSeed({ words, language }: SeedWords, dice: Uint8Array | null): Seed {
  using entropy = dice === null ? generateEntropy(words) : generateMixedEntropy(words, dice).entropy
  return phraseMaterial(entropy.bytes, language)
}

/** Another seed of the same kind; `null` of a root key, which grows from no seed. */
export function successorOf(seed: Seed, dice: Uint8Array | null): Seed | null {
  const words = wordsOf(seed)
  if (words !== null) return generateSeed(words, dice)
  if (seed.algorithm !== "bip32-seed") return null
  if (dice !== null) throw new VaultError("INVALID_INPUT", "dice: are mixed into seeds of words only")
  using fresh = randomSecret(seed.material.bytes.length)
  return bareSeed(fresh.bytes)
}

/** What a person writes down: the words, else the seed's hexadecimal digits, else the root's xprv. UTF-8. */
export async function writeSeed(seed: Seed): Promise<Secret> {
  const words = wordsOf(seed)
  if (words !== null) return await writePhrase(entropyOf(seed), words.language)
  if (seed.algorithm === "bip32-seed") return new Secret(encodeHexadecimal(seed.material.bytes))
  using root = rootOf(seed)
  return writeExtendedPrivateKey(root)
}

/** Compares a written copy, as `writeSeed` gives it; places are told of words only. @throws INVALID_INPUT */
export async function compareCopy(
  seed: Seed,
  copy: Uint8Array,
): Promise<{ matches: boolean; wrongPositions: readonly number[] | null }> {
  const words = wordsOf(seed)
  if (words !== null) return await comparePhrase(copy, entropyOf(seed), words.language)
  using written = await (seed.algorithm === "bip32-seed" ? readDigits(copy) : readXprv(copy))
  return { matches: written !== null && equalBytes(written.bytes, seed.material.bytes), wrongPositions: null }
}

function readDigits(copy: Uint8Array): Secret | null {
  const text = normalisedText(copy)
  if (countWords(text) > 1) {
    throw new VaultError(
      "INVALID_INPUT",
      "copy: hexadecimal digits are expected; shares are compared by combining them",
    )
  }
  const decoded = decodeHexadecimal(text)
  return decoded === null ? null : new Secret(decoded)
}

/** `null` for one that is mistyped: then it is another copy than this seed's. */
async function readXprv(copy: Uint8Array): Promise<Secret | null> {
  try {
    return (await readSeed(copy, { format: "xprv", language: undefined, sharesPassphrase: null })).material
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/** Splits a phrase's entropy, or a seed without words. @throws INVALID_INPUT of a root key, and naming what of the plan can't be */
export async function splitSeed(seed: Seed, plan: SharePlan, passphrase: Secret | null): Promise<Secret[][]> {
  if (seed.algorithm === "bip32-root") throw new VaultError("INVALID_INPUT", "a root key is no seed, and has no shares")
  using secret = Secret.copyOf(entropyOf(seed))
  return await splitSecret(secret, { ...plan, ...(passphrase === null ? {} : { passphrase }) })
}

/** The path of a BIP-85 child, as `m/83696968'/39'/0'/12'/0'`. */
export function childPath(kind: ChildKind, index: number): string {
  return formatDerivationPath(childPathOf(kind, index))
}

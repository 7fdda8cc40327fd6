import type { Algorithm } from "../../../preload/contract/values.ts"
import { Secret } from "../../domain/secret.ts"
import type { Seed, SeedWords } from "../../domain/wallet-crypto.ts"
import { ExtendedPrivateKey } from "./bip32/extended-private-key.ts"
import { rootPlace } from "./bip32/extended-public-key.ts"
import { requireSeedSize } from "./bip32/seed-size.ts"
import { type PhraseLength, phraseLengthOf } from "./bip39/entropy-code.ts"
import { type Bip39Language, bip39Languages } from "./bip39/language.ts"

/** A phrase's material: one byte for the language, its place in the list of languages, then the entropy. */
const entropyAt = 1
const keySize = 32

const phraseAlgorithms: Readonly<Record<PhraseLength, Algorithm>> = {
  12: "bip39-12",
  15: "bip39-15",
  18: "bip39-18",
  21: "bip39-21",
  24: "bip39-24",
}

/** The seed of a phrase. The entropy stays the caller's. */
export function phraseMaterial(entropy: Uint8Array, language: Bip39Language): Seed {
  const words = phraseLengthOf(entropy.length)
  if (words === null) throw new Error("entropy of a phrase has 16 to 32 bytes, in steps of 4")
  const material = Secret.ofSize(entropyAt + entropy.length)
  material.bytes[0] = bip39Languages.indexOf(language)
  material.bytes.set(entropy, entropyAt)
  return { algorithm: phraseAlgorithms[words], material }
}

/** A seed without words, as SLIP-39 shares give it. @param seed - 16 to 64 bytes @throws INVALID_INPUT */
export function bareSeed(seed: Uint8Array): Seed {
  requireSeedSize(seed)
  return { algorithm: "bip32-seed", material: Secret.copyOf(seed) }
}

/** A root key, of which no seed is known: private key and chain code. */
export function rootMaterial({ privateKey, chainCode }: ExtendedPrivateKey): Seed {
  const material = Secret.ofSize(2 * keySize)
  material.bytes.set(privateKey.bytes)
  material.bytes.set(chainCode.bytes, keySize)
  return { algorithm: "bip32-root", material }
}

/** How many words in which language; `null` of a seed without words. */
export function wordsOf({ algorithm, material }: Seed): SeedWords | null {
  if (!algorithm.startsWith("bip39-")) return null
  const language = bip39Languages[material.bytes[0] ?? bip39Languages.length]
  const words = phraseLengthOf(material.bytes.length - entropyAt)
  if (language === undefined || words === null) throw new Error("the material of a phrase is malformed")
  return { words, language }
}

/** A phrase's entropy, or the seed of one without words: a view. */
export function entropyOf({ algorithm, material }: Seed): Uint8Array {
  return algorithm.startsWith("bip39-") ? material.bytes.subarray(entropyAt) : material.bytes
}

/** The root of a seed that is a root key. The caller disposes of it. */
export function rootOf({ material }: Seed): ExtendedPrivateKey {
  const privateKey = Secret.copyOf(material.bytes.subarray(0, keySize))
  return new ExtendedPrivateKey(privateKey, Secret.copyOf(material.bytes.subarray(keySize)), rootPlace)
}

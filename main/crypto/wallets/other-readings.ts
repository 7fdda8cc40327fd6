import type { Seed } from "../../domain/wallet-crypto.ts"
import { phraseLengthOf } from "./bip39/entropy-code.ts"
import { bip39Languages } from "./bip39/language.ts"
import { openWallet } from "./open-wallet.ts"
import { bareSeed, entropyOf, phraseMaterial, wordsOf } from "./seed-material.ts"

/**
 * The wallets that the bytes of a seed are when they are read in another way: as the entropy of a phrase, in each
 * language, or as a seed without words. Whoever takes shares of the one for shares of the other has an empty wallet.
 *
 * @returns their fingerprints, without that of the seed itself; none of a root key
 */
export async function otherFingerprints(seed: Seed): Promise<string[]> {
  if (seed.algorithm === "bip32-root") return []
  const entropy = entropyOf(seed)
  const language = wordsOf(seed)?.language ?? null
  const readings = language === null ? [] : [() => bareSeed(entropy)]
  if (phraseLengthOf(entropy.length) !== null) {
    for (const other of bip39Languages) if (other !== language) readings.push(() => phraseMaterial(entropy, other))
  }
  const fingerprints: string[] = []
  for (const read of readings) fingerprints.push(await fingerprintOf(read()))
  return fingerprints
}

async function fingerprintOf(seed: Seed): Promise<string> {
  using _ = seed.material
  using wallet = await openWallet(seed, null)
  return wallet.fingerprint
}

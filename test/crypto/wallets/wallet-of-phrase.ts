import { ExtendedPrivateKey } from "../../../main/crypto/wallets/bip32/extended-private-key.ts"
import { phraseSeed } from "../../../main/crypto/wallets/bip39/phrase-seed.ts"
import { readPhrase } from "../../../main/crypto/wallets/bip39/read-phrase.ts"
import { utf8 } from "./read-vectors.ts"

/** The seed of a phrase without a passphrase, and the root of its tree. */
export async function walletOf(mnemonic: string): Promise<{ seed: Uint8Array; root: ExtendedPrivateKey }> {
  const { entropy, language } = await readPhrase(utf8(mnemonic))
  const { bytes: seed } = await phraseSeed(entropy.bytes, language)
  return { seed, root: ExtendedPrivateKey.fromSeed(seed) }
}

import { pbkdf2 } from "node:crypto"
import { promisify } from "node:util"
import { Secret } from "../../../domain/secret.ts"
import { decomposed } from "../normalization.ts"
import type { Bip39Language } from "./language.ts"
import { phraseForSeed } from "./write-phrase.ts"

const stretch = promisify(pbkdf2)
const iterations = 2048
const seedSize = 64
const saltPrefix = new TextEncoder().encode("mnemonic")

/**
 * The seed of a wallet, from its phrase and passphrase (BIP-0039, "From mnemonic to seed"), on another thread. There is no wrong
 * passphrase: another one makes another wallet.
 *
 * @param entropy - what the words stand for: 16, 20, 24, 28 or 32 bytes
 * @param passphrase - UTF-8 of any normalization form
 * @returns 64 bytes
 * @throws INVALID_INPUT when the passphrase is not UTF-8
 */
export async function phraseSeed(entropy: Uint8Array, language: Bip39Language, passphrase?: Secret): Promise<Secret> {
  using words = await phraseForSeed(entropy, language)
  using normalized = decomposed(passphrase?.bytes ?? new Uint8Array(0))
  using salt = Secret.ofSize(saltPrefix.length + normalized.bytes.length)
  salt.bytes.set(saltPrefix)
  salt.bytes.set(normalized.bytes, saltPrefix.length)
  const output = await stretch(words.bytes, salt.bytes, iterations, seedSize, "sha512")
  const seed = Secret.copyOf(output)
  output.fill(0)
  return seed
}

import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { encodeBase64 } from "../../formats/base64.ts"
import { encodeHexadecimal } from "../../formats/hexadecimal.ts"
import { ExtendedPrivateKey } from "../bip32/extended-private-key.ts"
import { rootPlace } from "../bip32/extended-public-key.ts"
import { isScalar, order } from "../bip32/scalar.ts"
import { writeExtendedPrivateKey } from "../bip32/serialization.ts"
import { writeWalletImportFormat } from "../bip32/wallet-import-format.ts"
import { entropySize, type PhraseLength } from "../bip39/entropy-code.ts"
import type { Bip39Language } from "../bip39/language.ts"
import { encodeBase85 } from "./base85.ts"
import { childEntropy } from "./child-entropy.ts"
import { childPathOf } from "./child-path.ts"

/** A phrase that another wallet starts from. */
export interface PhraseChild {
  readonly language: Bip39Language
  readonly words: PhraseLength
  /** Counted from 0; the same index gives the same child again. */
  readonly index: number
}

/** The entropy of a child phrase, for `writePhrase` (BIP-0085, "BIP39"). @throws INVALID_INPUT for an index that is none */
export function phraseChild(root: ExtendedPrivateKey, { language, words, index }: PhraseChild): Secret {
  const path = childPathOf({ kind: "bip39", language, words }, index)
  using entropy = childEntropy(root, path)
  return Secret.copyOf(entropy.bytes.subarray(0, entropySize(words)))
}

/** A private key in wallet import format, as ASCII, for a wallet of Bitcoin Core (BIP-0085, "HD-Seed WIF"). */
export function wifChild(root: ExtendedPrivateKey, index: number): Secret {
  using entropy = childEntropy(root, childPathOf({ kind: "wif" }, index))
  const privateKey = entropy.bytes.subarray(0, 32)
  requireScalar(privateKey)
  return writeWalletImportFormat(privateKey)
}

/** The root of another tree as an xprv, ASCII (BIP-0085, "XPRV"): the chain code comes first here. */
export function xprvChild(root: ExtendedPrivateKey, index: number): Secret {
  using entropy = childEntropy(root, childPathOf({ kind: "xprv" }, index))
  const [chainCode, privateKey] = [entropy.bytes.subarray(0, 32), entropy.bytes.subarray(32)]
  requireScalar(privateKey)
  using child = new ExtendedPrivateKey(Secret.copyOf(privateKey), Secret.copyOf(chainCode), rootPlace)
  return writeExtendedPrivateKey(child)
}

/** 16 to 64 bytes as hexadecimal digits, ASCII (BIP-0085, "HEX"). */
export function hexChild(root: ExtendedPrivateKey, bytes: number, index: number): Secret {
  requireWithin(bytes, 16, 64, "bytes")
  using entropy = childEntropy(root, childPathOf({ kind: "hex", bytes }, index))
  return new Secret(encodeHexadecimal(entropy.bytes.subarray(0, bytes)))
}

/** A password of 20 to 86 characters of base64, ASCII (BIP-0085, "PWD BASE64"). */
export function base64PasswordChild(root: ExtendedPrivateKey, length: number, index: number): Secret {
  requireWithin(length, 20, 86, "length")
  using entropy = childEntropy(root, childPathOf({ kind: "base64", length }, index))
  using text = new Secret(encodeBase64(entropy.bytes, "base64"))
  return Secret.copyOf(text.bytes.subarray(0, length))
}

/** A password of 10 to 80 characters of base85, ASCII (BIP-0085, "PWD BASE85"). */
export function base85PasswordChild(root: ExtendedPrivateKey, length: number, index: number): Secret {
  requireWithin(length, 10, 80, "length")
  using entropy = childEntropy(root, childPathOf({ kind: "base85", length }, index))
  using text = encodeBase85(entropy.bytes)
  return Secret.copyOf(text.bytes.subarray(0, length))
}

/** Once in 2^127: the standard has no key at this index, and the next is to be taken (BIP-0085, "HD-Seed WIF"). */
function requireScalar(bytes: Uint8Array): void {
  if (!isScalar(bytes, order.secp256k1)) {
    throw new VaultError("INVALID_INPUT", "there is no key at this index: take the next one")
  }
}

function requireWithin(value: number, least: number, most: number, name: string): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new VaultError("INVALID_INPUT", `${name}: ${least} to ${most}`)
  }
}

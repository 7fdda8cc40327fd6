import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { equalBytes } from "../../constant-time.ts"
import { secp256k1 } from "../../secp256k1-curve.ts"
import { ethereumAddressBytes } from "../addresses/ethereum-address.ts"
import { isScalar, order } from "../bip32/scalar.ts"
import { applyCounterMode, keystoreMac } from "./keystore-cipher.ts"
import { type Keystore, parseKeystore } from "./keystore-file.ts"
import { keystoreKey } from "./keystore-key.ts"

const privateKeySize = 32

/**
 * The private key that a keystore file holds (Web3 Secret Storage Definition, version 3).
 *
 * @param file - JSON, with scrypt or PBKDF2
 * @param passphrase - as bytes; what programs do with letters beyond ASCII differs
 * @returns 32 bytes
 * @throws WRONG_PASSPHRASE when its MAC says that passphrase or file is wrong; INVALID_INPUT when it is no such file, asks for too much
 *   work, holds no private key, or one of another address
 */
export async function readKeystore(file: Uint8Array, passphrase: Secret): Promise<Secret> {
  const keystore = parseKeystore(file)
  using derived = await keystoreKey(passphrase.bytes, keystore.derivation)
  if (!equalBytes(keystoreMac(derived, keystore.ciphertext), keystore.mac)) {
    throw new VaultError("WRONG_PASSPHRASE", "the keystore does not open, or is damaged")
  }
  using plaintext = applyCounterMode(derived, keystore.iv, keystore.ciphertext)
  // Some programs leave the zeros in front away.
  using privateKey = Secret.ofSize(privateKeySize)
  privateKey.bytes.set(plaintext.bytes, privateKeySize - plaintext.bytes.length)
  requireRightKey(privateKey, keystore)
  return Secret.copyOf(privateKey.bytes)
}

function requireRightKey({ bytes }: Secret, { address }: Keystore): void {
  if (!isScalar(bytes, order.secp256k1)) throw new VaultError("INVALID_INPUT", "keystore: no private key of secp256k1")
  if (address === null) return
  const point = secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.fromBytes(bytes))
  if (!equalBytes(ethereumAddressBytes(point), address)) {
    throw new VaultError("INVALID_INPUT", "keystore: its address is of another key")
  }
}

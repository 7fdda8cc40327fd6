import type { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { randomBytes } from "../../random.ts"
import { secp256k1 } from "../../secp256k1-curve.ts"
import { ethereumAddressBytes } from "../addresses/ethereum-address.ts"
import { isScalar, order } from "../bip32/scalar.ts"
import { applyCounterMode, keystoreMac } from "./keystore-cipher.ts"
import { derivedSize, keystoreKey } from "./keystore-key.ts"

/** The costs of scrypt that geth and others write: 256 MiB, about a second. */
const costs = { n: 262_144, r: 8, p: 1 } as const

/**
 * A private key under a passphrase, as Ethereum's programs keep it (Web3 Secret Storage Definition, version 3). Takes over neither.
 *
 * @param privateKey - 32 bytes
 * @returns JSON, UTF-8: no secret in clear
 * @throws INVALID_INPUT when it is no private key of secp256k1
 */
export async function writeKeystore(privateKey: Secret, passphrase: Secret): Promise<Uint8Array> {
  if (privateKey.bytes.length !== 32 || !isScalar(privateKey.bytes, order.secp256k1)) {
    throw new VaultError("INVALID_INPUT", "no private key of secp256k1")
  }
  const [salt, iv] = [randomBytes(32), randomBytes(16)]
  const point = secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.fromBytes(privateKey.bytes))
  using derived = await keystoreKey(passphrase.bytes, { kdf: "scrypt", ...costs, salt })
  const { bytes: ciphertext } = applyCounterMode(derived, iv, privateKey.bytes)
  const keystore = {
    version: 3,
    id: randomUuid(),
    address: hex(ethereumAddressBytes(point)),
    crypto: {
      ciphertext: hex(ciphertext),
      cipherparams: { iv: hex(iv) },
      cipher: "aes-128-ctr",
      kdf: "scrypt",
      kdfparams: { dklen: derivedSize, salt: hex(salt), ...costs },
      mac: hex(keystoreMac(derived, ciphertext)),
    },
  }
  return Buffer.from(`${JSON.stringify(keystore)}\n`)
}

/** A random UUID (RFC 9562, 5.4): names the file, tells nothing of the key. */
function randomUuid(): string {
  const bytes = randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}

import type { Algorithm } from "../../../preload/contract/values.ts"
import { aes } from "./aes.ts"
import type { AlgorithmFamily } from "./algorithm-family.ts"
import { chacha20Poly1305 } from "./chacha20-poly1305.ts"
import { ec } from "./ec.ts"
import { ed25519 } from "./ed25519.ts"
import { hmac } from "./hmac.ts"
import { mlDsa } from "./ml-dsa.ts"
import { mlKem } from "./ml-kem.ts"
import { rsa } from "./rsa.ts"
import { secp256k1 } from "./secp256k1.ts"
import { secretText } from "./secret-text.ts"
import { slhDsa } from "./slh-dsa.ts"
import { walletSeed } from "./wallet-seed.ts"
import { x25519 } from "./x25519.ts"

/** An algorithm of the contract without a family here does not compile. */
const families: Readonly<Record<Algorithm, AlgorithmFamily>> = {
  "aes-128": aes(128),
  "aes-192": aes(192),
  "aes-256": aes(256),
  "chacha20-poly1305": chacha20Poly1305,
  "hmac-sha256": hmac("sha256"),
  "hmac-sha384": hmac("sha384"),
  "hmac-sha512": hmac("sha512"),
  "rsa-2048": rsa(2048),
  "rsa-3072": rsa(3072),
  "rsa-4096": rsa(4096),
  "ec-p256": ec("prime256v1", "sha256"),
  "ec-p384": ec("secp384r1", "sha384"),
  "ec-p521": ec("secp521r1", "sha512"),
  "ec-secp256k1": secp256k1,
  ed25519,
  x25519,
  "ml-kem-512": mlKem("ml-kem-512"),
  "ml-kem-768": mlKem("ml-kem-768"),
  "ml-kem-1024": mlKem("ml-kem-1024"),
  "ml-dsa-44": mlDsa("ml-dsa-44"),
  "ml-dsa-65": mlDsa("ml-dsa-65"),
  "ml-dsa-87": mlDsa("ml-dsa-87"),
  "slh-dsa-sha2-128s": slhDsa("slh-dsa-sha2-128s"),
  "slh-dsa-sha2-256s": slhDsa("slh-dsa-sha2-256s"),
  secret: secretText,
  "bip39-12": walletSeed,
  "bip39-15": walletSeed,
  "bip39-18": walletSeed,
  "bip39-21": walletSeed,
  "bip39-24": walletSeed,
  "bip32-seed": walletSeed,
  "bip32-root": walletSeed,
}

/** What an algorithm can do. */
export function familyOf(algorithm: Algorithm): AlgorithmFamily {
  return families[algorithm]
}

import type { Algorithm, KeyState, Purpose } from "../../preload/contract/values.ts"

/** How states look: by word and shape, the color only helps. */
export const stateWords: Readonly<
  Record<KeyState, { readonly says: string; readonly color: string; readonly shape: string }>
> = {
  "pre-active": { says: "pre-active", color: "blue", shape: "◔" },
  active: { says: "active", color: "claviger", shape: "●" },
  suspended: { says: "suspended", color: "yellow", shape: "◫" },
  deactivated: { says: "deactivated", color: "gray", shape: "○" },
  compromised: { says: "compromised", color: "red", shape: "▲" },
  "pending-destruction": { says: "pending destruction", color: "orange", shape: "◑" },
  destroyed: { says: "destroyed", color: "gray", shape: "✕" },
}

export const purposeWords: Readonly<Record<Purpose, string>> = {
  signature: "signature",
  authentication: "authentication",
  encryption: "encryption",
  "key-wrapping": "key wrapping",
  mac: "MAC",
  "key-agreement": "key agreement",
  ssh: "SSH",
  "certificate-authority": "certificate authority",
  wallet: "wallet",
  secret: "secret",
}

/** In the order in which they are offered. */
export const algorithmWords: Readonly<Record<Algorithm, string>> = {
  "aes-128": "AES-128",
  "aes-192": "AES-192",
  "aes-256": "AES-256",
  "chacha20-poly1305": "ChaCha20-Poly1305",
  "hmac-sha256": "HMAC-SHA-256",
  "hmac-sha384": "HMAC-SHA-384",
  "hmac-sha512": "HMAC-SHA-512",
  "rsa-2048": "RSA-2048",
  "rsa-3072": "RSA-3072",
  "rsa-4096": "RSA-4096",
  "ec-p256": "EC P-256",
  "ec-p384": "EC P-384",
  "ec-p521": "EC P-521",
  "ec-secp256k1": "EC secp256k1",
  ed25519: "Ed25519",
  x25519: "X25519",
  "ml-kem-512": "ML-KEM-512",
  "ml-kem-768": "ML-KEM-768",
  "ml-kem-1024": "ML-KEM-1024",
  "ml-dsa-44": "ML-DSA-44",
  "ml-dsa-65": "ML-DSA-65",
  "ml-dsa-87": "ML-DSA-87",
  "slh-dsa-sha2-128s": "SLH-DSA-SHA2-128S",
  "slh-dsa-sha2-256s": "SLH-DSA-SHA2-256S",
  secret: "Secret text",
  "bip39-12": "BIP-39, 12 words",
  "bip39-15": "BIP-39, 15 words",
  "bip39-18": "BIP-39, 18 words",
  "bip39-21": "BIP-39, 21 words",
  "bip39-24": "BIP-39, 24 words",
  "bip32-seed": "BIP-32 seed",
  "bip32-root": "BIP-32 root key",
}

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

const names: Partial<Record<Algorithm, string>> = {
  "aes-128": "AES-128",
  "aes-192": "AES-192",
  "aes-256": "AES-256",
  "chacha20-poly1305": "ChaCha20-Poly1305",
  "hmac-sha256": "HMAC-SHA-256",
  "hmac-sha384": "HMAC-SHA-384",
  "hmac-sha512": "HMAC-SHA-512",
  "ec-p256": "EC P-256",
  "ec-p384": "EC P-384",
  "ec-p521": "EC P-521",
  "ec-secp256k1": "EC secp256k1",
  ed25519: "Ed25519",
  x25519: "X25519",
  secret: "Secret text",
}

export function algorithmWord(algorithm: Algorithm): string {
  return names[algorithm] ?? algorithm.toUpperCase().replace(/^BIP39-(\d+)$/, "BIP-39, $1 words")
}

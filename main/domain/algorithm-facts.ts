import type { Algorithm } from "../../preload/contract/values.ts"

export interface AlgorithmFacts {
  readonly kind: "symmetric" | "asymmetric" | "seed" | "text"
  /** Of the key, in bits; of a modulus or a field where there is one; `null` where none is fixed. */
  readonly bits: number | null
  readonly curve?: string
  /** Bits of security against a computer of today (SP 800-57 part 1 rev. 5, table 2; RSA-4096 by FIPS 140-3 IG D.B). */
  readonly classical?: number
  /** NIST's category for post-quantum security, 1 to 5; 0 where there is none (FIPS 203 to 205; AES by definition). */
  readonly category?: number
}

const seed: AlgorithmFacts = { kind: "seed", bits: null }

export const algorithmFacts: Readonly<Record<Algorithm, AlgorithmFacts>> = {
  "aes-128": { kind: "symmetric", bits: 128, classical: 128, category: 1 },
  "aes-192": { kind: "symmetric", bits: 192, classical: 192, category: 3 },
  "aes-256": { kind: "symmetric", bits: 256, classical: 256, category: 5 },
  "chacha20-poly1305": { kind: "symmetric", bits: 256, classical: 256 },
  "hmac-sha256": { kind: "symmetric", bits: 256, classical: 256 },
  "hmac-sha384": { kind: "symmetric", bits: 384, classical: 256 },
  "hmac-sha512": { kind: "symmetric", bits: 512, classical: 256 },
  "rsa-2048": { kind: "asymmetric", bits: 2048, classical: 112, category: 0 },
  "rsa-3072": { kind: "asymmetric", bits: 3072, classical: 128, category: 0 },
  "rsa-4096": { kind: "asymmetric", bits: 4096, classical: 152, category: 0 },
  "ec-p256": { kind: "asymmetric", bits: 256, curve: "nist/P-256", classical: 128, category: 0 },
  "ec-p384": { kind: "asymmetric", bits: 384, curve: "nist/P-384", classical: 192, category: 0 },
  "ec-p521": { kind: "asymmetric", bits: 521, curve: "nist/P-521", classical: 256, category: 0 },
  "ec-secp256k1": { kind: "asymmetric", bits: 256, curve: "secg/secp256k1", classical: 128, category: 0 },
  ed25519: { kind: "asymmetric", bits: 256, curve: "other/Ed25519", classical: 128, category: 0 },
  x25519: { kind: "asymmetric", bits: 256, curve: "other/Curve25519", classical: 128, category: 0 },
  "ml-kem-512": { kind: "asymmetric", bits: null, classical: 128, category: 1 },
  "ml-kem-768": { kind: "asymmetric", bits: null, classical: 192, category: 3 },
  "ml-kem-1024": { kind: "asymmetric", bits: null, classical: 256, category: 5 },
  "ml-dsa-44": { kind: "asymmetric", bits: null, classical: 128, category: 2 },
  "ml-dsa-65": { kind: "asymmetric", bits: null, classical: 192, category: 3 },
  "ml-dsa-87": { kind: "asymmetric", bits: null, classical: 256, category: 5 },
  "slh-dsa-sha2-128s": { kind: "asymmetric", bits: null, classical: 128, category: 1 },
  "slh-dsa-sha2-256s": { kind: "asymmetric", bits: null, classical: 256, category: 5 },
  secret: { kind: "text", bits: null },
  "bip39-12": seed,
  "bip39-15": seed,
  "bip39-18": seed,
  "bip39-21": seed,
  "bip39-24": seed,
  "bip32-seed": seed,
  "bip32-root": seed,
}

import { z } from "zod"

/** Every algorithm a vault can hold so far (cli.md, "Algorithms"). `secret` is text: an API token, a password. */
export const Algorithm = z.enum([
  "aes-128",
  "aes-192",
  "aes-256",
  "chacha20-poly1305",
  "hmac-sha256",
  "hmac-sha384",
  "hmac-sha512",
  "rsa-2048",
  "rsa-3072",
  "rsa-4096",
  "ec-p256",
  "ec-p384",
  "ec-p521",
  "ec-secp256k1",
  "ed25519",
  "x25519",
  "secret",
])
export type Algorithm = z.infer<typeof Algorithm>

/** What a key is for: one key, one job. */
export const Purpose = z.enum([
  "signature",
  "authentication",
  "encryption",
  "key-wrapping",
  "mac",
  "key-agreement",
  "ssh",
  "certificate-authority",
  "wallet",
  "secret",
])
export type Purpose = z.infer<typeof Purpose>

/** What may be done with a key (the PKCS#11 CKA_* usage attributes, in words). */
export const Usage = z.enum(["sign", "verify", "encrypt", "decrypt", "wrap", "unwrap", "mac", "derive"])
export type Usage = z.infer<typeof Usage>

/** NIST SP 800-57 part 1 rev. 5, section 7; `pending-destruction` is the waiting time before `destroyed`. */
export const KeyState = z.enum([
  "pre-active",
  "active",
  "suspended",
  "deactivated",
  "compromised",
  "pending-destruction",
  "destroyed",
])
export type KeyState = z.infer<typeof KeyState>

/** Whether key material may leave the vault: not at all, only encrypted, or also in the clear. Only ever tightened. */
export const Exportable = z.enum(["never", "wrapped", "yes"])
export type Exportable = z.infer<typeof Exportable>

/** How a use of a key is computed (cli.md, "Mechanisms"). */
export const Mechanism = z.enum([
  "rsa-pss-sha256",
  "rsa-pss-sha384",
  "rsa-pss-sha512",
  "rsa-pkcs1-sha256",
  "rsa-pkcs1-sha384",
  "rsa-pkcs1-sha512",
  "rsa-oaep-sha256",
  "ecdsa-sha256",
  "ecdsa-sha384",
  "ecdsa-sha512",
  "ecdsa-sha256-p1363",
  "ecdsa-sha384-p1363",
  "ecdsa-sha512-p1363",
  "ed25519",
  "aes-gcm",
  "chacha20-poly1305",
  "hmac",
])
export type Mechanism = z.infer<typeof Mechanism>

/** Formats a key can leave in. */
export const KeyFormat = z.enum([
  "pkcs8-pem",
  "pkcs8-der",
  "pkcs8-encrypted",
  "spki-pem",
  "openssh",
  "openssh-encrypted",
  "jwk",
  "raw",
  "hex",
])
export type KeyFormat = z.infer<typeof KeyFormat>

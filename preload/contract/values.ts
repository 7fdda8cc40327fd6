import { z } from "zod"

/** Algorithms of keys (cli.md, "Algorithms"). `secret` is text: an API token, a password. */
export const KeyAlgorithm = z.enum([
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
  "ml-kem-512",
  "ml-kem-768",
  "ml-kem-1024",
  "ml-dsa-44",
  "ml-dsa-65",
  "ml-dsa-87",
  "slh-dsa-sha2-128s",
  "slh-dsa-sha2-256s",
  "secret",
])
export type KeyAlgorithm = z.infer<typeof KeyAlgorithm>

/** Seeds of wallets: a phrase of so many words, the bare seed of a BIP-32 tree, or its root key alone. */
export const SeedAlgorithm = z.enum([
  "bip39-12",
  "bip39-15",
  "bip39-18",
  "bip39-21",
  "bip39-24",
  "bip32-seed",
  "bip32-root",
])

/** Every algorithm a vault can hold. */
export const Algorithm = z.enum([...KeyAlgorithm.options, ...SeedAlgorithm.options])
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
  "rsa-oaep-sha1",
  "ecdsa-sha256",
  "ecdsa-sha384",
  "ecdsa-sha512",
  "ecdsa-sha256-p1363",
  "ecdsa-sha384-p1363",
  "ecdsa-sha512-p1363",
  "ed25519",
  "ml-dsa",
  "slh-dsa",
  "aes-gcm",
  "chacha20-poly1305",
  "hmac",
  "aes-kwp",
  "rsa-oaep-sha256-aes-kwp",
  "rsa-oaep-sha1-aes-kwp",
  "hkdf-sha256",
  "hkdf-sha384",
  "hkdf-sha512",
  "ecdh-hkdf-sha256",
  "ecdh-hkdf-sha384",
  "ecdh-hkdf-sha512",
  "ecdh",
  "ml-kem-hkdf-sha256",
  "ml-kem-hkdf-sha384",
  "ml-kem-hkdf-sha512",
  "ml-kem",
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
  "pkcs12",
  "jwk",
  "jwe",
  "openpgp",
  "raw",
  "hex",
  "age",
])
export type KeyFormat = z.infer<typeof KeyFormat>

/** Where a key came from. */
export const Origin = z.enum(["generated", "imported", "derived"])
export type Origin = z.infer<typeof Origin>

/** How one key bears on another (what protects, wraps or depends on what). */
export const RelationKind = z.enum(["protects", "wraps", "depends-on"])
export type RelationKind = z.infer<typeof RelationKind>

/** Any UTF-8 up to 200 characters (code points), but no lone surrogates, no NUL and nothing but white space. */
export const KeyName = z
  .string()
  .refine((name) => name.isWellFormed(), "is not well-formed Unicode")
  .refine((name) => name.trim() !== "" && !name.includes("\0"), "is empty or holds a NUL")
  .refine((name) => [...name].length <= 200, "is longer than 200 characters")
export type KeyName = z.infer<typeof KeyName>

/** Free text about a key; up to 1,000 characters. */
export const Remark = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes("\0"), "is not well-formed text")
  .refine((text) => [...text].length <= 1000, "is longer than 1,000 characters")
export type Remark = z.infer<typeof Remark>

/** Why something is done, for the log: a sentence, not an essay. */
export const Reason = Remark.refine((text) => text.trim() !== "", "is empty")

/** A length of time: hours, days, weeks or years of 365 days (`12h`, `90d`, `2w`, `1y`). */
export const Duration = z.string().regex(/^[1-9][0-9]{0,4}[hdwy]$/, "is not a duration such as 12h, 90d, 2w or 1y")
export type Duration = z.infer<typeof Duration>

/** An RFC 3339 time, or a day; UTC unless it says otherwise. Kept and shown in UTC with milliseconds. */
export const Timestamp = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text),
    "is not an RFC 3339 time",
  )
  .refine(isInCalendar, "is not a time that exists")
  .transform((text) => new Date(inUtc(text)).toISOString())
  .refine((time) => /^\d{4}-/.test(time), "lies outside of the years 0 to 9999 in UTC")
export type Timestamp = z.infer<typeof Timestamp>

/** JavaScript takes a time without a zone for the machine's own. */
function inUtc(text: string): string {
  return /T[^Z+-]*$/.test(text) ? `${text}Z` : text
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isInCalendar(text: string): boolean {
  const day = Date.parse(text.slice(0, 10))
  return (
    !Number.isNaN(Date.parse(text)) && !Number.isNaN(day) && new Date(day).toISOString().startsWith(text.slice(0, 10))
  )
}

/** Raw bytes. Bytes, not strings, carry secrets: bytes can be wiped after use. */
export const Bytes = z.instanceof(Uint8Array<ArrayBuffer>)

/** A passphrase as UTF-8 bytes, 1 to 1024 of them. */
export const Passphrase = Bytes.refine(({ length }) => length >= 1 && length <= 1024, "is not 1 to 1024 bytes long")

/** How many bytes a PIN may have, whatever its token. */
export const pinBytes = { least: 1, most: 255 } as const

/** A PIN as UTF-8 bytes. */
export const Pin = Bytes.refine(
  ({ length }) => length >= pinBytes.least && length <= pinBytes.most,
  `is not ${pinBytes.least} to ${pinBytes.most} bytes long`,
)

/** A PKCS#11 URI (RFC 7512); what it says is read later. */
export const TokenUriText = z
  .string()
  .max(4096)
  .refine((text) => text.startsWith("pkcs11:"), "is no PKCS#11 URI")

/** Recipients of the age format, as text: `age1…`. */
export const AgeRecipients = z.array(z.string().max(4096)).min(1).max(100)

/** A UUID of RFC 9562. */
export const Id = z.uuid()

/** Argon2id cost parameters (RFC 9106); the salt belongs to the keyslot. */
export const KdfParameters = z.strictObject({
  memoryKiB: z.int().positive(),
  passes: z.int().positive(),
  lanes: z.int().positive(),
  lowMemory: z.literal(true).optional(),
})
export type KdfParameters = z.infer<typeof KdfParameters>

/** M-of-N recovery shares: any `threshold` of `count` open the vault (SLIP-39 allows up to 16). */
export const ShareScheme = z
  .strictObject({ threshold: z.int().min(2).max(16), count: z.int().min(2).max(16) })
  .refine(({ threshold, count }) => threshold <= count, "asks for more shares than there are")
export type ShareScheme = z.infer<typeof ShareScheme>

/** A file or folder. A NUL would end the name for the system, and half a character has no name at all. */
export const Path = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => path.isWellFormed() && !path.includes("\0"), "is not the name of a file")

/** A name for a vault or a keyslot, shown even while the vault is locked. */
export const Label = z
  .string()
  .max(200)
  .refine((label) => label.isWellFormed(), "is not well-formed text")

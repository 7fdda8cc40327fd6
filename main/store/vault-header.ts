import { type KeyObject, timingSafeEqual } from "node:crypto"
import { closeSync, existsSync, openSync, readSync } from "node:fs"
import { z } from "zod"
import { describeIssue } from "../../preload/contract/describe-issue.ts"
import { Id, Label } from "../../preload/contract/values.ts"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import { hmacSha256 } from "../crypto/hmac.ts"
import type { Json } from "../domain/audit-entry.ts"
import { VaultError } from "../domain/vault-error.ts"
import { replaceFile } from "../files/replace-file.ts"
import { Base64, toBase64 } from "./base64.ts"
import { TokenBinding } from "./token-binding.ts"
import { requireUnambiguousJson } from "./unambiguous-json.ts"
import type { VaultDirectory } from "./vault-directory.ts"

const maxHeaderBytes = 64 * 1024
export const maxKeyslots = 64

const SealedFields = z.strictObject({
  aead: z.literal("AES-256-GCM"),
  nonce: z.string(),
  ciphertext: z.string(),
  tag: z.string(),
})
export type SealedFields = z.infer<typeof SealedFields>

const Argon2id = z.strictObject({
  name: z.literal("argon2id"),
  version: z.literal(19),
  memoryKiB: z.int(),
  passes: z.int(),
  lanes: z.int(),
  salt: z.string(),
  lowMemory: z.literal(true).optional(),
})
export type Argon2id = z.infer<typeof Argon2id>

const PassphraseSlot = z.strictObject({
  id: Id,
  kind: z.literal("passphrase"),
  label: Label.optional(),
  kdf: Argon2id,
  wrap: SealedFields,
})
export type PassphraseSlot = z.infer<typeof PassphraseSlot>

/** The 32-byte secret that the SLIP-39 shares give back is the keyslot key itself. */
const RecoverySlot = z.strictObject({
  id: Id,
  kind: z.literal("recovery"),
  label: Label.optional(),
  scheme: z.strictObject({
    name: z.literal("slip39"),
    threshold: z.int().min(1).max(16),
    count: z.int().min(1).max(16),
  }),
  wrap: SealedFields,
})
export type RecoverySlot = z.infer<typeof RecoverySlot>

const OnlyTokenSlot = z.strictObject({
  id: Id,
  kind: z.literal("token"),
  label: Label.optional(),
  token: TokenBinding,
  wrap: SealedFields,
})
/** Both are needed: what the token gives, and what Argon2id makes of the passphrase. */
const TokenAndPassphraseSlot = z.strictObject({
  id: Id,
  kind: z.literal("token+passphrase"),
  label: Label.optional(),
  token: TokenBinding,
  kdf: Argon2id,
  wrap: SealedFields,
})
export type TokenSlot = z.infer<typeof OnlyTokenSlot> | z.infer<typeof TokenAndPassphraseSlot>

const knownKinds = ["passphrase", "recovery", "token", "token+passphrase"]

/** A keyslot that a newer or another Claviger made: kept as it is and skipped, never dropped. */
const ForeignSlot = z
  .looseObject({ id: Id, kind: z.string() })
  .refine(({ kind }) => !knownKinds.includes(kind), "is of a known kind, but malformed")

const Keyslot = z.union([PassphraseSlot, RecoverySlot, OnlyTokenSlot, TokenAndPassphraseSlot, ForeignSlot])
export type Keyslot = PassphraseSlot | RecoverySlot | TokenSlot | z.infer<typeof ForeignSlot>

export const Keyslots = z
  .array(Keyslot)
  .max(maxKeyslots)
  .refine((slots) => new Set(slots.map(({ id }) => id)).size === slots.length, "two keyslots have one id")

/** While `vault rekey` runs: the old master key, sealed under the new one, so that a crash can be finished. */
const PendingRekey = z.strictObject({ id: Id, wrap: SealedFields })
export type PendingRekey = z.infer<typeof PendingRekey>

const Header = z.strictObject({
  format: z.literal("claviger-vault"),
  version: z.literal(1),
  vaultId: Id,
  createdAt: z.iso.datetime(),
  label: Label.optional(),
  database: z.strictObject({ cipher: z.literal("sqlcipher"), pageSize: z.literal(4096) }),
  keyslots: Keyslots,
  pendingRekey: PendingRekey.optional(),
  mac: Base64.refine(({ length }) => length === 32, "is not 32 bytes long"),
})
export type AuthenticHeader = z.infer<typeof Header>
/** The header without its MAC: what is meant, before it is sealed for the disk. */
export type VaultHeader = Omit<AuthenticHeader, "mac">

/**
 * Reads a header strictly. Whoever wrote it, it is not to be believed before `isAuthentic`.
 * @throws `UNSUPPORTED_VERSION`, `VAULT_CORRUPT` (naming the place)
 */
export function parseHeader(bytes: Uint8Array): AuthenticHeader {
  if (bytes.length > maxHeaderBytes) throw new VaultError("VAULT_CORRUPT", "vault.json: over 64 KiB")
  const document = parseDocument(bytes)
  const { success, data } = z
    .looseObject({ format: z.literal("claviger-vault"), version: z.int().min(2) })
    .safeParse(document)
  if (success) throw new VaultError("UNSUPPORTED_VERSION", `vault format ${data.version}; this program knows 1`)
  const header = Header.safeParse(document)
  if (header.success) return header.data
  throw new VaultError("VAULT_CORRUPT", `vault.json: ${describeIssue(header.error.issues[0]).replace(/^input: /, "")}`)
}

function parseDocument(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
    return requireUnambiguousJson(text)
  } catch {
    throw new VaultError("VAULT_CORRUPT", "vault.json: not JSON")
  }
}

/** HMAC-SHA-256 over the RFC 8785 form of everything but the MAC. */
function macOf(header: VaultHeader, headerMacKey: KeyObject): Uint8Array {
  // A parsed header is JSON through and through; zod's type for unknown keyslot members is wider than that.
  return hmacSha256(headerMacKey, canonicalBytes(header as Json))
}

export function isAuthentic({ mac, ...header }: AuthenticHeader, headerMacKey: KeyObject): boolean {
  return timingSafeEqual(mac, macOf(header, headerMacKey))
}

/** The bytes to write, with the MAC. */
export function encodeHeader(header: VaultHeader, headerMacKey: KeyObject): Uint8Array {
  const bytes = new TextEncoder().encode(
    `${JSON.stringify({ ...header, mac: toBase64(macOf(header, headerMacKey)) }, null, 2)}\n`,
  )
  if (bytes.length > maxHeaderBytes) throw new VaultError("INVALID_INPUT", "keyslots: the header would be over 64 KiB")
  return bytes
}

/** Replaces both copies, one after the other, so that one of them is whole at any moment. */
export function writeHeader(directory: VaultDirectory, header: VaultHeader, headerMacKey: KeyObject): void {
  const bytes = encodeHeader(header, headerMacKey)
  replaceFile(directory.header, bytes)
  replaceFile(directory.headerCopy, bytes)
}

/** A copy's bytes, of an absurdly large one no more than show that it is; `null` when it is not there. */
export function readHeaderBytes(path: string): Uint8Array | null {
  if (!existsSync(path)) return null
  const file = openSync(path, "r")
  try {
    const bytes = new Uint8Array(maxHeaderBytes + 1)
    let length = 0
    for (let read = -1; read !== 0; length += read) read = readSync(file, bytes, length, bytes.length - length, null)
    return bytes.slice(0, length)
  } finally {
    closeSync(file)
  }
}

import { z } from "zod"
import {
  Algorithm,
  Duration,
  Exportable,
  KeyState,
  Origin,
  Purpose,
  RelationKind,
  Usage,
} from "../../preload/contract/values.ts"
import type { Attachment, Key, KeyVersion, PendingDestruction, Relation } from "../domain/key.ts"
import type { KeyOutline } from "../domain/key-outline.ts"
import { VaultError } from "../domain/vault-error.ts"

const text = z.string().nullable()

const KeyRow = z.object({
  row: z.int(),
  id: z.string(),
  name: z.string(),
  keyring_id: z.string(),
  keyring: z.string(),
  algorithm: Algorithm,
  purpose: Purpose,
  usages: z.string(),
  state: KeyState,
  exportable: Exportable,
  origin: Origin,
  location: z.string(),
  owner: text,
  environment: text,
  created_at: z.string(),
  activates_at: text,
  expires_at: text,
  rotate_every: Duration.nullable(),
  next_rotation_at: text,
  current_version: z.int(),
  protect_for: Duration.nullable(),
})
export type KeyRow = z.infer<typeof KeyRow>

const OutlineRow = KeyRow.extend({ fingerprint: text, renewed_at: z.string() })

const VersionRow = z.object({
  row: z.int(),
  version: z.int(),
  state: KeyState,
  created_at: z.string(),
  fingerprint: text,
  openssh_fingerprint: text,
  kcv: text,
  location: z.string(),
  decrypt_only_until: text,
  public_key: z.instanceof(Uint8Array).nullable(),
  destroyed_at: text,
  pending_since: text,
  destroys_at: text,
  state_before: KeyState.nullable(),
  destroy_reason: text,
  attachments: z.int(),
})
export type VersionRow = z.infer<typeof VersionRow>

const AttachmentRow = z.object({
  kind: z.enum(["x509", "openpgp"]),
  fingerprint: z.string(),
  content: z.instanceof(Uint8Array),
})

const Usages = z.array(Usage)
const RelationRow = z.object({ kind: RelationKind, other_id: z.string(), other_name: z.string() })
const TagRow = z.object({ tag: z.string() })

/** A row that does not parse is a corrupt vault, not a key. */
function parsed<Row>(schema: z.ZodType<Row>, raw: unknown, what: string): Row {
  const result = schema.safeParse(raw)
  if (!result.success) throw new VaultError("INTEGRITY_FAILED", what)
  return result.data
}

export function toKeyRow(raw: unknown): KeyRow {
  return parsed(KeyRow, raw, "a row of the inventory is malformed")
}

export function toVersionRow(raw: unknown): VersionRow {
  return parsed(VersionRow, raw, "a row of the key versions is malformed")
}

export function toAttachment(raw: unknown): Attachment {
  return parsed(AttachmentRow, raw, "a row of the attachments is malformed")
}

export function toVersion(row: VersionRow, attachments: Attachment[]): KeyVersion {
  return {
    version: row.version,
    state: row.state,
    createdAt: row.created_at,
    fingerprint: row.fingerprint,
    opensshFingerprint: row.openssh_fingerprint,
    kcv: row.kcv,
    location: row.location,
    decryptOnlyUntil: row.decrypt_only_until,
    publicKey: row.public_key,
    destroyedAt: row.destroyed_at,
    pending: toPending(row),
    attachments,
  }
}

function toPending(row: VersionRow): PendingDestruction | null {
  const { pending_since: since, destroys_at: destroysAt, state_before: from, destroy_reason: reason } = row
  if (since === null || destroysAt === null || from === null || reason === null) return null
  return { since, destroysAt, from, reason }
}

export function toRelation(raw: unknown): Relation {
  const row = parsed(RelationRow, raw, "a row of the relations is malformed")
  return { kind: row.kind, otherId: row.other_id, otherName: row.other_name }
}

export function toTag(raw: unknown): string {
  return parsed(TagRow, raw, "a row of the tags is malformed").tag
}

export function toKey(row: KeyRow, versions: KeyVersion[], tags: string[], relations: Relation[]): Key {
  const usages = parsed(Usages, readJson(row.usages), "the usages of a key are malformed")
  return { ...ownFields(row), usages, tags, versions, relations }
}

function ownFields(row: KeyRow): Omit<KeyOutline, "fingerprint" | "renewedAt"> {
  return {
    id: row.id,
    name: row.name,
    algorithm: row.algorithm,
    purpose: row.purpose,
    keyringId: row.keyring_id,
    keyring: row.keyring,
    state: row.state,
    exportable: row.exportable,
    origin: row.origin,
    location: row.location,
    owner: row.owner,
    environment: row.environment,
    createdAt: row.created_at,
    activatesAt: row.activates_at,
    expiresAt: row.expires_at,
    rotateEvery: row.rotate_every,
    nextRotationAt: row.next_rotation_at,
    currentVersion: row.current_version,
    protectFor: row.protect_for,
  }
}

/** @returns the number of its row, and what it says */
export function toOutline(raw: unknown): { readonly row: number; readonly outline: KeyOutline } {
  const row = parsed(OutlineRow, raw, "a row of the inventory is malformed")
  const { fingerprint, renewed_at: renewedAt } = row
  return { row: row.row, outline: { ...ownFields(row), fingerprint, renewedAt } }
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** A key's own columns, in the order that the statements of the key store bind them. */
export function keyColumns(key: Key): readonly (string | number | null)[] {
  return [
    key.name,
    key.keyringId,
    key.algorithm,
    key.purpose,
    JSON.stringify(key.usages),
    key.state,
    key.exportable,
    key.origin,
    key.location,
    key.owner,
    key.environment,
    key.createdAt,
    key.activatesAt,
    key.expiresAt,
    key.rotateEvery,
    key.nextRotationAt,
    key.currentVersion,
    key.protectFor,
  ]
}

export function versionColumns(version: KeyVersion): readonly (string | number | Uint8Array | null)[] {
  return [
    version.state,
    version.createdAt,
    version.fingerprint,
    version.opensshFingerprint,
    version.kcv,
    version.location,
    version.decryptOnlyUntil,
    version.publicKey,
    version.destroyedAt,
    version.pending?.since ?? null,
    version.pending?.destroysAt ?? null,
    version.pending?.from ?? null,
    version.pending?.reason ?? null,
    version.attachments.length,
  ]
}

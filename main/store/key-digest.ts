import { canonicalJson } from "../crypto/canonical-json.ts"
import { sha256 } from "../crypto/hmac.ts"
import type { Json } from "../domain/audit-entry.ts"
import type { Attachment, Key, KeyVersion } from "../domain/key.ts"
import { toBase64 } from "./base64.ts"

/**
 * SHA-256 (base64) over everything the inventory says of a key. The log keeps it with each change, so that a row that
 * was edited, or an older page that was put back, does not pass for the present.
 */
export function keyDigest(key: Key): string {
  return toBase64(sha256(canonicalJson(keyFields(key))))
}

/**
 * In the order of their names, which spares the sorting. The keyring's name is left out: its id is there. So is for how long it protects
 * where nobody said so: before its schema there was no such member.
 */
function keyFields(key: Key): Json {
  return {
    activatesAt: key.activatesAt,
    algorithm: key.algorithm,
    createdAt: key.createdAt,
    currentVersion: key.currentVersion,
    environment: key.environment,
    expiresAt: key.expiresAt,
    exportable: key.exportable,
    id: key.id,
    keyringId: key.keyringId,
    location: key.location,
    name: key.name,
    nextRotationAt: key.nextRotationAt,
    origin: key.origin,
    owner: key.owner,
    ...(key.protectFor === null ? {} : { protectFor: key.protectFor }),
    purpose: key.purpose,
    relations: key.relations.map(({ kind, otherId }) => [kind, otherId]),
    rotateEvery: key.rotateEvery,
    state: key.state,
    tags: key.tags,
    usages: key.usages,
    versions: key.versions.map(versionFields),
  } satisfies Record<Exclude<keyof Key, "keyring" | "protectFor">, Json>
}

/**
 * In the order of their names, too. Attachments and a waiting destruction are left out where there are none: before their
 * schemas there was no such member.
 */
function versionFields(version: KeyVersion): Json {
  const { attachments, pending } = version
  return {
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(attachmentFields) }),
    createdAt: version.createdAt,
    decryptOnlyUntil: version.decryptOnlyUntil,
    destroyedAt: version.destroyedAt,
    fingerprint: version.fingerprint,
    kcv: version.kcv,
    location: version.location,
    opensshFingerprint: version.opensshFingerprint,
    ...(pending === null ? {} : { pending: [pending.since, pending.destroysAt, pending.from, pending.reason] }),
    publicKey: version.publicKey === null ? null : toBase64(version.publicKey),
    state: version.state,
    version: version.version,
  } satisfies Record<Exclude<keyof KeyVersion, "attachments" | "pending">, Json>
}

function attachmentFields({ kind, fingerprint, content }: Attachment): Json {
  return [kind, fingerprint, toBase64(content)]
}

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
  const { keyring: _, tags, relations, versions, usages, ...fields } = key
  return toBase64(
    sha256(
      canonicalJson({
        ...fields,
        usages: [...usages],
        tags: [...tags],
        relations: relations.map(({ kind, otherId }) => [kind, otherId]),
        versions: versions.map(versionFields),
      }),
    ),
  )
}

/** Attachments are left out where there are none: before schema 2 there was no such member. */
function versionFields({ publicKey, attachments, ...fields }: KeyVersion): Json {
  return {
    ...fields,
    publicKey: publicKey === null ? null : toBase64(publicKey),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(attachmentFields) }),
  }
}

function attachmentFields({ kind, fingerprint, content }: Attachment): Json {
  return [kind, fingerprint, toBase64(content)]
}

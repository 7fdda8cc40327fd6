import { Buffer } from "node:buffer"
import type { OutputOf } from "../../preload/contract/index.ts"
import { auditRows } from "../store/audit-log.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { destructionCertificate } from "../use-cases/key/destruction-certificate.ts"
import { findKey } from "../use-cases/key/find-key.ts"

/** Of each time that something of the key was destroyed, by what the log says of it. @throws `NOT_FOUND` */
export async function destructionCertificates(vault: StoredVault, name: string): Promise<OutputOf<"key.certificates">> {
  const key = findKey(vault, name)
  const rows = await auditRows(vault, { keyId: key.id, outcome: "done", limit: 10_000, newestFirst: false })
  const certificates = rows
    .filter(({ action }) => action === "key.destroy" || action === "key.trim")
    .map(({ seq, hash, detail }) =>
      destructionCertificate(vault, key, {
        versions: Array.isArray(detail["versions"]) ? detail["versions"].map(Number) : [],
        reason: String(detail["reason"] ?? ""),
        // Rows of earlier releases do not say it; keys in tokens came after them.
        method: String(detail["method"] ?? ""),
        row: { seq, hash: Buffer.from(hash, "base64") },
      }),
    )
  return { certificates }
}

import { Buffer } from "node:buffer"
import type { OutputOf } from "../../preload/contract/index.ts"
import { auditRows } from "../store/audit-log.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { destructionCertificate } from "../use-cases/key/destruction-certificate.ts"
import { findKey } from "../use-cases/key/find-key.ts"

const mostRows = 10_000

/** Of each time that something of the key was destroyed, by what the log says of it. @throws `NOT_FOUND` */
export async function destructionCertificates(vault: StoredVault, name: string): Promise<OutputOf<"key.certificates">> {
  const key = findKey(vault, name)
  // By their actions: a key that is used a million times has a million rows beside these.
  const found = await Promise.all(
    ["key.destroy", "key.trim"].map((action) =>
      auditRows(vault, { keyId: key.id, action, outcome: "done", limit: mostRows, newestFirst: false }),
    ),
  )
  const certificates = found
    .flat()
    .filter(({ detail }) => Array.isArray(detail["versions"]) && detail["versions"].length > 0)
    .toSorted((one, other) => one.seq - other.seq)
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

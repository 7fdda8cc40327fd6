import { Buffer } from "node:buffer"
import type { OutputOf } from "../../preload/contract/index.ts"
import type { SignedCertificate } from "../../preload/contract/key-destruction.ts"
import { auditRows } from "../store/audit-log.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { destructionCertificate } from "../use-cases/key/destruction-certificate.ts"
import { findKey } from "../use-cases/key/find-key.ts"

const mostRows = 10_000
const mostDestructions = 100_000
const destroying = ["key.destroy", "key.trim", "rotation.rollback"]

/** Of each time that something of the key was destroyed, by what the log says of it. @throws `NOT_FOUND` */
export async function destructionCertificates(vault: StoredVault, name: string): Promise<OutputOf<"key.certificates">> {
  const key = findKey(vault, name)
  // By their actions: a key that is used a million times has a million rows beside these.
  const found = await Promise.all(
    destroying.map((action) =>
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

/** The register of destructions: a certificate of each, made anew, with the backups that hold the key now. */
export async function destructions(vault: StoredVault): Promise<SignedCertificate[]> {
  const rows = await Promise.all(
    destroying.map((action) =>
      auditRows(vault, { action, outcome: "done", limit: mostDestructions, newestFirst: false }),
    ),
  )
  const keyIds = new Set(rows.flat().flatMap(({ detail: { keyId } }) => (typeof keyId === "string" ? [keyId] : [])))
  const certificates: SignedCertificate[] = []
  for (const keyId of keyIds) certificates.push(...(await destructionCertificates(vault, keyId)).certificates)
  return certificates
}

import { Buffer } from "node:buffer"
import type { InputOf, OutputOf } from "../../preload/contract/index.ts"
import type { SignedCertificate } from "../../preload/contract/key-destruction.ts"
import type { Key } from "../domain/key.ts"
import { auditRows } from "../store/audit-log.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { destructionCertificate } from "../use-cases/key/destruction-certificate.ts"
import { findKey } from "../use-cases/key/find-key.ts"

const mostDestructions = 100_000
const destroying = ["key.destroy", "key.trim", "rotation.rollback"]

type LogRow = Awaited<ReturnType<typeof auditRows>>[number]

/** Of each time that something of the key was destroyed, by what the log says of it. @throws `NOT_FOUND` */
export async function destructionCertificates(vault: StoredVault, name: string): Promise<OutputOf<"key.certificates">> {
  const key = findKey(vault, name)
  const rows = await destructionRows(vault, key.id)
  return { certificates: rows.map((row) => certificateOf(vault, key, row)) }
}

/** The register of destructions, the oldest first: certificates are made anew, with the backups that hold the key now. */
export async function destructions(
  vault: StoredVault,
  { newest = mostDestructions }: InputOf<"report.destructions">,
): Promise<OutputOf<"report.destructions">> {
  const rows = await destructionRows(vault)
  const certificates = rows.slice(-newest).flatMap((row) => {
    const { keyId } = row.detail
    return typeof keyId === "string" ? [certificateOf(vault, findKey(vault, keyId), row)] : []
  })
  return { count: rows.length, destructions: certificates }
}

/** By their actions: a key that is used a million times has a million rows beside these. */
async function destructionRows(vault: StoredVault, keyId?: string): Promise<LogRow[]> {
  const about = keyId === undefined ? {} : { keyId }
  const found = await Promise.all(
    destroying.map((action) =>
      auditRows(vault, { ...about, action, outcome: "done", limit: mostDestructions, newestFirst: false }),
    ),
  )
  return found
    .flat()
    .filter(({ detail }) => Array.isArray(detail["versions"]) && detail["versions"].length > 0)
    .toSorted((one, other) => one.seq - other.seq)
}

function certificateOf(vault: StoredVault, key: Key, { seq, hash, detail }: LogRow): SignedCertificate {
  return destructionCertificate(vault, key, {
    versions: Array.isArray(detail["versions"]) ? detail["versions"].map(Number) : [],
    reason: String(detail["reason"] ?? ""),
    // Rows of earlier releases do not say it; keys in tokens came after them.
    method: String(detail["method"] ?? ""),
    row: { seq, hash: Buffer.from(hash, "base64") },
  })
}

import { Buffer } from "node:buffer"
import type { SignedCertificate } from "../../../preload/contract/key-destruction.ts"
import type { ChainHead } from "../../domain/audit-entry.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { backupsHolding } from "./backups-holding.ts"

interface Destruction {
  readonly versions: readonly number[]
  readonly reason: string
  /** How its material went, in words. */
  readonly method: string
  /** Of the log, that says so. */
  readonly row: ChainHead
}

/** A certificate of a destruction, signed with the vault's audit key: also of one long ago, with the backups that hold it now. */
export function destructionCertificate(
  vault: OpenVault,
  key: Key,
  { versions, reason, method, row }: Destruction,
): SignedCertificate {
  const gone = key.versions.filter(({ version }) => versions.includes(version))
  const isWhole = key.state === "destroyed" && versions.includes(key.currentVersion)
  const held = [
    ...versions.flatMap((each) => vault.backups.holding(key.id, each, row.seq)),
    // Of a key that is gone as a whole, also those that hold what went before.
    ...(isWhole ? backupsHolding(vault, key, null) : []),
  ]
  const found = new Map(held.map((backup) => [backup.id, backup]))
  const backups = [...found.values()].toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1))
  const { statement, publicKey, signature } = vault.attest({
    keyId: key.id,
    name: key.name,
    algorithm: key.algorithm,
    versions: gone.map(({ version, fingerprint, kcv }) => ({ version, fingerprint, ...(kcv === null ? {} : { kcv }) })),
    destroyedAt: gone[0]?.destroyedAt ?? "",
    reason,
    method,
    audit: { seq: row.seq, hash: Buffer.from(row.hash).toString("base64") },
    backups: backups.map(({ path, createdAt }) => ({ path, createdAt })),
    vaultId: vault.vaultId,
  })
  return { certificate: statement, publicKey, signature }
}

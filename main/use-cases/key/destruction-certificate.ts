import { Buffer } from "node:buffer"
import type { DestructionCertificate, SignedCertificate } from "../../../preload/contract/key-destruction.ts"
import type { ChainHead } from "../../domain/audit-entry.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"

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
    ...(isWhole ? vault.backups.holding(key.id, null) : []),
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
    acts: actsOf(vault, key, row.seq, versions),
    approvals: [],
    audit: { seq: row.seq, hash: Buffer.from(row.hash).toString("base64") },
    backups: backups
      .filter(({ destruction }) => destruction === null)
      .map(({ path, createdAt }) => ({ path, createdAt })),
    exports: vault.traces.exports(key.id).map((each) => ({ ...each })),
    destroyedBackups: backups.flatMap(({ path, createdAt, destruction }) =>
      destruction === null ? [] : [{ path, createdAt, destroyedAt: destruction.at, reason: destruction.reason }],
    ),
    vaultId: vault.vaultId,
  })
  return { certificate: statement, publicKey, signature }
}

/** What led to the row that destroyed these versions: the newest wish for it that was not taken back, and the act itself. */
function actsOf(
  vault: OpenVault,
  { id }: Key,
  destroyedBy: number,
  versions: readonly number[],
): DestructionCertificate["acts"] {
  const endings = vault.traces.endings(id).filter(({ seq }) => seq <= destroyedBy)
  const done = endings.find(({ seq }) => seq === destroyedBy)
  const keptAt = endings.findLast(({ action }) => action === "key.cancel-destroy")?.seq ?? 0
  const asked = endings.filter(
    (each) =>
      each.action === "key.schedule-destroy" &&
      each.seq > keptAt &&
      each.versions.some((version) => versions.includes(version)),
  )
  return [
    ...asked.map(({ actor, at, seq }) => ({ act: "asked" as const, actor, at, seq })),
    ...(done === undefined
      ? []
      : [
          {
            act: done.waited ? ("waited" as const) : ("destroyed" as const),
            actor: done.actor,
            at: done.at,
            seq: done.seq,
          },
        ]),
  ]
}

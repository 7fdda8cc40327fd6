import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { KeyVersion } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { type Change, recordChange } from "./record-change.ts"

export interface Erasure {
  readonly versions: readonly KeyVersion[]
  /** Whether the key goes with them, and with it what was to come. */
  readonly isWhole: boolean
  /** RFC 3339 UTC */
  readonly at: string
  /** What else goes with them, in the same transaction. */
  readonly alongside?: () => void
}

/**
 * Erases the material of some versions of a key, which stay as tombstones, and takes it out of the write-ahead log too.
 * @throws `STATE_DENIED` while a backup is being made; `IO_ERROR` when it is erased but traces may be left
 */
export function eraseVersions(vault: OpenVault, change: Change, erasure: Erasure): KeyObject {
  const { versions, isWhole, at, alongside } = erasure
  requireNoBackupUnderWay(vault)
  const numbers = versions.map(({ version }) => version)
  const asTombstone = (version: KeyVersion): KeyVersion =>
    numbers.includes(version.version) ? { ...version, state: "destroyed", destroyedAt: at, pending: null } : version
  const result = recordChange(
    vault,
    change,
    (key) => ({
      ...key,
      ...(isWhole ? { state: "destroyed", nextRotationAt: null } : {}),
      versions: key.versions.map(asTombstone),
    }),
    ({ id }) => {
      for (const number of numbers) vault.materials.erase(id, number)
      alongside?.()
    },
  )
  purge(vault, result.name)
  return result
}

/** It may hold the key, and whoever destroys that is to be told of it. @throws `STATE_DENIED` */
export function requireNoBackupUnderWay(vault: OpenVault): void {
  if (vault.backups.isBeingMade())
    throw new VaultError("STATE_DENIED", "a backup is being made: try again when it is done")
}

/** What was erased is gone from the vault already; this takes it out of the write-ahead log too. */
function purge(vault: OpenVault, name: string): void {
  try {
    vault.journal.purge()
  } catch (cause) {
    const detail = `${name} is destroyed, but traces may stay in the files until \`claviger vault compact\` succeeds`
    throw new VaultError("IO_ERROR", detail, { cause })
  }
}

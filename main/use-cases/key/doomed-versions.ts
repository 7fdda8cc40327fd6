import type { KeyState } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { requireStep, versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"

/**
 * What would be destroyed of a key: all of it that is there, or one old version.
 * @throws `NOT_FOUND`, `STATE_DENIED`; `POLICY_DENIED` while other keys need it, or data keys that were left in the vault
 */
export function doomedVersions(
  vault: OpenVault,
  key: Key,
  version: number | undefined,
  to: KeyState,
): readonly KeyVersion[] {
  if (version !== undefined) {
    const old = oldVersion(key, version, to)
    requireNoDataKeys(vault, key, [old])
    return [old]
  }
  requireNobodyNeeds(vault, key)
  const versions = livingVersions(key)
  requireNoDataKeys(vault, key, versions)
  return versions
}

/** @throws `STATE_DENIED` */
export function livingVersions(key: Key): readonly KeyVersion[] {
  if (key.state === "destroyed") throw new VaultError("STATE_DENIED", `${key.name} is destroyed already`)
  return key.versions.filter(({ state }) => state !== "destroyed")
}

/**
 * What was left here, or can be moved, is not lost by mistake: who has done with it says so first.
 * @throws `POLICY_DENIED` while data keys that were left in the vault are wrapped under one of them
 */
export function requireNoDataKeys(
  vault: OpenVault,
  { id, name, currentVersion }: Key,
  versions: readonly KeyVersion[],
): void {
  const count = vault.dataKeys.countOf(
    id,
    versions.map(({ version }) => version),
  )
  if (count === 0) return
  const what = `needed-by-others: ${count} data ${count === 1 ? "key" : "keys"} of ${name} in this vault would never open again`
  const isOld = versions.every(({ version }) => version !== currentVersion)
  throw new VaultError(
    "POLICY_DENIED",
    isOld
      ? `${what}: rotation rewrap ${name}, or key forget-datakey ${name} --all`
      : `${what}: key forget-datakey ${name} --all`,
  )
}

function oldVersion(key: Key, number: number, to: KeyState): KeyVersion {
  const version = versionOf(key, number)
  requireStep(version.state, to, `version ${number} of ${key.name}`)
  if (number === key.currentVersion) {
    throw new VaultError(
      "STATE_DENIED",
      `version ${number} of ${key.name} does its work: rotate first, or destroy the key`,
    )
  }
  return version
}

/** A key that others stand on is not pulled away from under them. @throws `POLICY_DENIED` */
function requireNobodyNeeds(vault: OpenVault, key: Key): void {
  const stoodOn = key.relations
    .filter(({ kind }) => kind !== "depends-on")
    .map(({ otherId }) => vault.keys.findById(otherId))
  const dependants = [
    ...stoodOn.flatMap((other) => (other === null || other.state === "destroyed" ? [] : [other.name])),
    ...vault.keys
      .relatedTo(key.id)
      .filter(({ kind, state }) => kind === "depends-on" && state !== "destroyed")
      .map((other) => other.key),
  ]
  if (dependants.length > 0) {
    throw new VaultError("POLICY_DENIED", `needed-by-others: ${key.name} is needed by ${dependants.join(", ")}`)
  }
}

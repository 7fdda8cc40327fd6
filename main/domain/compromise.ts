import type { Key, KeyVersion } from "./key.ts"
import { requireStep, versionOf } from "./key-state.ts"
import { VaultError } from "./vault-error.ts"

/**
 * The versions that a compromise concerns: whatever was there may have been read, whenever it was made. What is destroyed is nobody's.
 * @param only - this version alone
 * @throws `NOT_FOUND`, `STATE_DENIED` when there is none
 */
export function concernedVersions(key: Key, only: number | undefined): readonly KeyVersion[] {
  if (only !== undefined) {
    const version = versionOf(key, only)
    if (version.state === "destroyed")
      throw new VaultError("STATE_DENIED", `version ${only} of ${key.name} is destroyed`)
    return [version]
  }
  const versions = key.versions.filter(({ state }) => state !== "destroyed")
  if (versions.length === 0) throw new VaultError("STATE_DENIED", `${key.name} is destroyed`)
  return versions
}

/**
 * The key with these versions compromised; the key itself with its current one. What waits for its destruction goes on waiting, and is
 * compromised when that is taken back.
 * @throws `STATE_DENIED` when all of them are compromised already
 */
export function withCompromised(key: Key, concerned: readonly number[]): Key {
  const versions = key.versions.map((version) =>
    concerned.includes(version.version) ? compromised(key, version) : version,
  )
  if (versions.every((version, at) => version === key.versions[at])) {
    throw new VaultError("STATE_DENIED", `${key.name} is compromised already`)
  }
  const current = versions.find(({ version }) => version === key.currentVersion)
  return { ...key, state: current?.state ?? key.state, versions }
}

function compromised(key: Key, version: KeyVersion): KeyVersion {
  const { state, pending } = version
  if (state === "compromised" || pending?.from === "compromised") return version
  requireStep(state, "compromised", `version ${version.version} of ${key.name}`)
  return pending === null
    ? { ...version, state: "compromised" }
    : { ...version, pending: { ...pending, from: "compromised" } }
}

import type { KeyState } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { requireStep, versionOf } from "../../domain/key-state.ts"
import { VaultError } from "../../domain/vault-error.ts"

/**
 * What would be destroyed of a key: all of it that is there, or one old version.
 * @throws `NOT_FOUND`, `STATE_DENIED`
 */
export function doomedVersions(key: Key, version: number | undefined, to: KeyState): readonly KeyVersion[] {
  return version === undefined ? livingVersions(key) : [oldVersion(key, version, to)]
}

/** @throws `STATE_DENIED` */
export function livingVersions(key: Key): readonly KeyVersion[] {
  if (key.state === "destroyed") throw new VaultError("STATE_DENIED", `${key.name} is destroyed already`)
  return key.versions.filter(({ state }) => state !== "destroyed")
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

import type { KeyState } from "../../preload/contract/values.ts"
import type { Key, KeyVersion } from "./key.ts"
import { VaultError } from "./vault-error.ts"

/**
 * Which state may follow which (NIST SP 800-57 part 1 rev. 5, section 7). Nothing leaves `destroyed`, and nothing
 * comes back from `compromised` or `deactivated` to `active`: a key does so by a new version only, whose state is then its own. The way back from a destruction that waits is `withoutWaiting`, which knows what was before.
 */
const mayBecome: Readonly<Record<KeyState, readonly KeyState[]>> = {
  "pre-active": ["active", "compromised", "pending-destruction", "destroyed"],
  active: ["suspended", "deactivated", "compromised", "pending-destruction", "destroyed"],
  suspended: ["active", "deactivated", "compromised", "pending-destruction", "destroyed"],
  deactivated: ["compromised", "pending-destruction", "destroyed"],
  compromised: ["pending-destruction", "destroyed"],
  "pending-destruction": ["compromised", "destroyed"],
  destroyed: [],
}

export function mayFollow(from: KeyState, to: KeyState): boolean {
  return mayBecome[from].includes(to)
}

/** @throws `STATE_DENIED` when the standard does not allow the step */
export function requireStep(from: KeyState, to: KeyState, name: string): void {
  if (!mayFollow(from, to)) throw new VaultError("STATE_DENIED", `${name} is ${from}; it can't become ${to}`)
}

/**
 * The key in its new state. Its current version, and any other version that stood where the key stood, moves with
 * it: both halves and all active generations change together.
 * @throws `STATE_DENIED`
 */
export function keyInState(key: Key, to: KeyState): Key {
  requireStep(key.state, to, key.name)
  const versions = key.versions.map((version) => (version.state === key.state ? { ...version, state: to } : version))
  return { ...key, state: to, versions }
}

/**
 * The key with one version in a new state; the key itself follows when that version is its current one.
 * @throws `NOT_FOUND`, `STATE_DENIED`
 */
export function versionInState(key: Key, number: number, to: KeyState): Key {
  const version = versionOf(key, number)
  requireStep(version.state, to, `version ${number} of ${key.name}`)
  if (number === key.currentVersion) requireStep(key.state, to, key.name)
  return {
    ...key,
    state: number === key.currentVersion ? to : key.state,
    versions: key.versions.map((each) => (each.version === number ? { ...each, state: to } : each)),
  }
}

/** @throws `NOT_FOUND` */
export function versionOf(key: Key, number: number): KeyVersion {
  const version = key.versions.find((each) => each.version === number)
  if (version === undefined) throw new VaultError("NOT_FOUND", `version ${number} of ${key.name}`)
  return version
}

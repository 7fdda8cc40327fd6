import type { Usage } from "../../preload/contract/values.ts"
import type { Key, KeyVersion } from "./key.ts"
import { versionOf } from "./key-state.ts"
import { VaultError } from "./vault-error.ts"
import { unusable } from "./waiting-destruction.ts"

/** Uses that protect something new; SP 800-57 reserves them for active keys. The others process what is there. */
const protecting: readonly Usage[] = ["sign", "encrypt", "wrap", "mac", "derive"]

/** Whether it needs an active key. */
export function isProtecting(usage: Usage): boolean {
  return protecting.includes(usage)
}

/** The first of these that is among the key's usages. @throws `POLICY_DENIED` when none is */
export function usageOf({ name, usages: own }: Pick<Key, "name" | "usages">, usages: readonly Usage[]): Usage {
  const usage = usages.find((each) => own.includes(each))
  if (usage !== undefined) return usage
  const list = own.length === 0 ? "none" : own.join(", ")
  throw new VaultError("POLICY_DENIED", `usages-within-purpose: ${name} can't ${usages[0]}: its usages are ${list}`)
}

/**
 * The version that may do the work now. Protecting is for the current version, when it is active (in a rotation by steps the one
 * before it still is); processing (decrypt, unwrap, verify) also for a deactivated one, until its grace ends, and for a compromised
 * one to whoever says why; a suspended one only verifies.
 * @param usages - any one of these, in the key's usages, permits the use
 * @param now - RFC 3339 UTC
 * @param reason - why a compromised version is to process something
 * @throws `POLICY_DENIED` when the usage is not the key's; `STATE_DENIED`; `NOT_FOUND`
 */
export function versionForUse(
  key: Key,
  usages: readonly Usage[],
  now: string,
  number?: number,
  reason?: string,
): KeyVersion {
  const usage = usageOf(key, usages)
  const version = versionOf(key, number ?? key.currentVersion)
  const where = `version ${version.version} of ${key.name}`
  if (version.state === "destroyed") throw new VaultError("STATE_DENIED", `${where} is destroyed`)
  if (isProtecting(usage)) requireMayProtect(key, version, where, now)
  else requireMayProcess(key, version, { usage, where, now, reason })
  return version
}

/**
 * The versions that may have made what is to be verified or opened now, the current one first: nothing says which it was.
 * @param number - only this one
 * @throws as `versionForUse`, when there is none
 */
export function versionsForUse(
  key: Key,
  usages: readonly Usage[],
  now: string,
  number?: number,
  reason?: string,
): readonly [KeyVersion, ...KeyVersion[]] {
  const usable = (each?: number) => versionForUse(key, usages, now, each, reason)
  if (number !== undefined) return [usable(number)]
  const others = key.versions.map(({ version }) => version).filter((version) => version !== key.currentVersion)
  const [first, ...more] = [key.currentVersion, ...others.toReversed()].filter((each) => isThere(() => usable(each)))
  return [usable(first), ...more.map(usable)]
}

function isThere(find: () => KeyVersion): boolean {
  try {
    find()
    return true
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}

function requireMayProtect(key: Key, version: KeyVersion, where: string, now: string): void {
  if (key.state !== "active") throw unusable(key, key.name, key.state)
  if (version.state !== "active") throw unusable(key, where, version.state)
  if (version.version !== key.currentVersion)
    throw new VaultError(
      "STATE_DENIED",
      `${where} only decrypts and verifies: version ${key.currentVersion} does its work`,
    )
  if (key.activatesAt !== null && key.activatesAt > now) {
    throw new VaultError("STATE_DENIED", `${key.name} is not active before ${key.activatesAt}`)
  }
  if (key.expiresAt !== null && key.expiresAt <= now) {
    throw new VaultError("STATE_DENIED", `${key.name} expired at ${key.expiresAt}`)
  }
}

interface Processing {
  readonly usage: Usage
  readonly where: string
  readonly now: string
  readonly reason: string | undefined
}

function requireMayProcess(key: Key, version: KeyVersion, { usage, where, now, reason }: Processing): void {
  const permitted = usage === "verify" ? ["active", "deactivated", "suspended"] : ["active", "deactivated"]
  for (const [state, what] of [
    [key.state, key.name],
    [version.state, where],
  ] as const) {
    if (state === "compromised") requireExcuse(what, reason)
    else if (!permitted.includes(state)) throw unusable(key, what, state)
  }
  if (version.decryptOnlyUntil !== null && version.decryptOnlyUntil <= now) {
    throw new VaultError("STATE_DENIED", `${where} was decrypt-only until ${version.decryptOnlyUntil}`)
  }
}

/** Somebody else may have made what it seems to have made: who trusts that, or opens what others can open too, says why. */
function requireExcuse(what: string, reason: string | undefined): void {
  if (reason !== undefined) return
  throw new VaultError(
    "STATE_DENIED",
    `${what} is compromised: what it made is opened, or believed, only with a reason`,
  )
}

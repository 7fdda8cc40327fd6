import type { Duration, KeyState } from "../../preload/contract/values.ts"
import { durationMs, later } from "./cryptoperiod.ts"
import type { Key, KeyVersion, PendingDestruction } from "./key.ts"
import { requireStep } from "./key-state.ts"
import { commandOn } from "./shell-words.ts"
import { VaultError } from "./vault-error.ts"

/** As the cloud's key services have it: 7 to 30 days there, up to 90 here. */
export const usualWait: Duration = "30d"
const shortestWait: Duration = "7d"
const longestWait: Duration = "90d"

/** Somebody wanted to use a key that waits for its destruction, or to build on it: it may be needed after all. */
export class WantedWhileWaiting extends VaultError {
  readonly key: Pick<Key, "id" | "name">
  readonly destroysAt: string

  constructor({ id, name, versions }: Pick<Key, "id" | "name" | "versions">, what: string) {
    const destroysAt = destructionOf({ versions }) ?? ""
    super(
      "STATE_DENIED",
      `${what} waits for its destruction at ${destroysAt}, and the log has an alert that it was wanted: ${commandOn(name, "key cancel-destroy")}`,
    )
    this.key = { id, name }
    this.destroysAt = destroysAt
  }
}

/** @param what - the key, or a version of it, that is in that state */
export function unusable(key: Pick<Key, "id" | "name" | "versions">, what: string, state: KeyState): VaultError {
  if (state === "pending-destruction") return new WantedWhileWaiting(key, what)
  return new VaultError("STATE_DENIED", `${what} is ${state}`)
}

const day = 24 * 3_600_000

/** @throws `INVALID_INPUT` */
export function requireWait(after: Duration): void {
  const wait = durationMs(after)
  if (wait < durationMs(shortestWait) || wait > durationMs(longestWait)) {
    throw new VaultError("INVALID_INPUT", `after: a destruction waits ${shortestWait} to ${longestWait}`)
  }
}

/**
 * The key with these versions waiting for their destruction: nothing can be done with them from now on. The key waits
 * with its current version.
 * @param now - RFC 3339 UTC
 * @throws `STATE_DENIED`
 */
export function withWaiting(
  key: Key,
  numbers: readonly number[],
  { after, reason }: { readonly after: Duration; readonly reason: string },
  now: string,
): Key {
  const versions = key.versions.map((version) => {
    if (!numbers.includes(version.version)) return version
    requireStep(version.state, "pending-destruction", `version ${version.version} of ${key.name}`)
    const pending = { since: now, destroysAt: later(now, after), from: version.state, reason }
    return { ...version, state: "pending-destruction" as const, pending }
  })
  return withStateOfCurrent({ ...key, versions })
}

/**
 * The key with every waiting version taken back: to where it was, but for what was at work, which rests until it is resumed,
 * so that nobody takes it for what they have in use by mistake.
 * @throws `STATE_DENIED` when none waits
 */
export function withoutWaiting(key: Key): Key {
  if (!key.versions.some(isWaiting)) throw new VaultError("STATE_DENIED", `${key.name} is not waiting to be destroyed`)
  const versions = key.versions.map((version) =>
    version.pending === null
      ? version
      : { ...version, state: stateAfter(key, version, version.pending), pending: null },
  )
  return withStateOfCurrent({ ...key, versions })
}

export function isWaiting({ pending }: KeyVersion): boolean {
  return pending !== null
}

/** The earliest moment at which something of the key is destroyed, or `null`. RFC 3339 UTC. */
export function destructionOf({ versions }: Pick<Key, "versions">): string | null {
  return versions.flatMap(({ pending }) => (pending === null ? [] : [pending.destroysAt])).sort()[0] ?? null
}

/** What can be done about a key that waits. @param isOver - its waiting time */
export function destructionFix(name: string, isOver: boolean): string {
  const keep = `Keep it: ${commandOn(name, "key cancel-destroy")}.`
  return isOver ? `${keep} Or destroy it: ${commandOn(name, "key destroy", "--now --reason WHY")}.` : keep
}

/**
 * Whether the waiting time has really gone by, as far as the log can tell: a clock that was set ahead leaves a pause in it.
 * @param longestPause - in the log since the wait began, in milliseconds
 */
export function hasReallyWaited({ since, destroysAt }: PendingDestruction, longestPause: number): boolean {
  return longestPause <= Math.max(day, (Date.parse(destroysAt) - Date.parse(since)) / 10)
}

/** The new version of a rotation by steps was not at work, and waits for that again. */
function stateAfter(
  { currentVersion }: Key,
  { version }: Pick<KeyVersion, "version">,
  { from }: Pick<PendingDestruction, "from">,
): KeyState {
  if (from === "pre-active" && version !== currentVersion) return from
  return from === "active" || from === "pre-active" ? "suspended" : from
}

function withStateOfCurrent(key: Key): Key {
  const current = key.versions.find(({ version }) => version === key.currentVersion)
  return current === undefined ? key : { ...key, state: current.state }
}

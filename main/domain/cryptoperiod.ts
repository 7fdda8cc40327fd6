import type { Duration, KeyState } from "../../preload/contract/values.ts"
import type { Key } from "./key.ts"

const hour = 3_600_000
const unitMs: Readonly<Record<string, number>> = { h: hour, d: 24 * hour, w: 7 * 24 * hour, y: 365 * 24 * hour }

/** Milliseconds of a duration such as `90d`; a year is 365 days. */
export function durationMs(duration: Duration): number {
  const unit = unitMs[duration.slice(-1)]
  if (unit === undefined) throw new Error("a duration has one of the units h, d, w, y")
  return Number(duration.slice(0, -1)) * unit
}

/** After this RFC 3339 has no more digits for the year, and times no longer sort as text. */
const lastMoment = Date.parse("9999-12-31T23:59:59.999Z")

/** @param from - RFC 3339 UTC @returns RFC 3339 UTC, at the latest the end of the year 9999 */
export function later(from: string, duration: Duration): string {
  return new Date(Math.min(Date.parse(from) + durationMs(duration), lastMoment)).toISOString()
}

/** @param from - RFC 3339 UTC @returns RFC 3339 UTC, at the earliest the beginning of 1970 */
export function earlier(from: string, duration: Duration): string {
  return new Date(Math.max(Date.parse(from) - durationMs(duration), 0)).toISOString()
}

/** Whether a key's rotation is due; keys that do no work any more are never due. */
export function isDue(key: Pick<Key, "state" | "nextRotationAt">, now: string): boolean {
  return key.state === "active" && key.nextRotationAt !== null && key.nextRotationAt <= now
}

/** The state that a key's dates put it in now: what has begun is active, what has ended is deactivated. */
export function stateByDates(
  { state, activatesAt, expiresAt }: Pick<Key, "state" | "activatesAt" | "expiresAt">,
  now: string,
): KeyState {
  const isWaiting = state === "pre-active"
  if (expiresAt !== null && expiresAt <= now && (isWaiting || state === "active" || state === "suspended")) {
    return "deactivated"
  }
  return isWaiting && activatesAt !== null && activatesAt <= now ? "active" : state
}

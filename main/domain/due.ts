import type { DueItem, DueStanding } from "../../preload/contract/report.ts"
import type { Key } from "./key.ts"
import { commandOn } from "./shell-words.ts"

const day = 24 * 3_600_000

/** From the moment on that it is due, for a day it is `due`, and then `overdue`. Times are RFC 3339 UTC. */
export function standingOf(at: string, now: string): DueStanding {
  if (at > now) return "soon"
  return at > overdueBefore(now) ? "due" : "overdue"
}

/** What was due then or before is overdue. */
export function overdueBefore(now: string): string {
  return new Date(Date.parse(now) - day).toISOString()
}

export function byTime(one: Pick<DueItem, "at" | "name">, other: Pick<DueItem, "at" | "name">): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1
  return one.name < other.name ? -1 : 1
}

/** What renews a key. The coins of a seed have to move, which is a work of its own. */
export function rotationFix({ name, purpose }: Pick<Key, "name" | "purpose">): string {
  return `Rotate it: ${commandOn(name, purpose === "wallet" ? "seed rotate" : "key rotate")}.`
}

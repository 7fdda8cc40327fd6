import type { BlastEffect, BlastItem, IncidentAction, StepName } from "../../../preload/contract/incident.ts"
import { count } from "../key-actions/counted.ts"

export const stepWords: Readonly<Record<StepName, string>> = {
  contain: "Contain",
  replace: "Replace",
  rewrap: "Rewrap",
  revoke: "Revoke",
  destroy: "Destroy",
  review: "Review",
}

export const effectWords: Readonly<Record<BlastEffect, string>> = {
  exposed: "Exposed",
  cause: "Possible causes",
  holds: "Where copies are",
  used: "Who used it",
}

/** In the order in which they are shown. */
export const effects: readonly BlastEffect[] = ["exposed", "holds", "used", "cause"]

/** How a step stands: by word and shape, the color only helps. */
export function standingOf({ state, isOverdue }: IncidentAction): {
  readonly says: string
  readonly shape: string
  readonly color: string
} {
  if (isOverdue) return { says: "overdue", shape: "▲", color: "red" }
  if (state === "done") return { says: "done", shape: "✓", color: "claviger" }
  return state === "open"
    ? { says: "open", shape: "○", color: "yellow" }
    : { says: "not needed", shape: "–", color: "gray" }
}

/** What a blast radius comes to, in numbers. */
export function radiusWords(items: readonly BlastItem[]): string {
  const keys = items.filter(({ kind, effect }) => kind === "key" && effect === "exposed").length
  const copies = items.filter(({ effect }) => effect === "holds").length
  const users = items.filter(({ effect }) => effect === "used").length
  const made = items
    .filter(({ kind }) => kind === "data-keys" || kind === "ciphertexts" || kind === "files")
    .reduce((sum, each) => sum + (each.count ?? 0), 0)
  return `${count(keys, "other key")} and ${count(made, "thing")} that it protected are exposed; ${count(copies, "copy").replace("copys", "copies")} of it ${copies === 1 ? "is" : "are"} elsewhere; ${count(users, "person").replace("persons", "people")} used it`
}

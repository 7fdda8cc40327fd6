import type { DueItem } from "../../../preload/contract/report.ts"
import { inert } from "../../ui/inert.ts"

/** How far "due soon" reaches, as the command line's report has it. */
export const soonDays = 14

interface Standing {
  readonly says: string
  readonly shape: string
  readonly className: string
}

const standings = {
  overdue: { says: "overdue", shape: "▲", className: "is-danger" },
  due: { says: "due today", shape: "●", className: "is-due" },
  soon: { says: "due soon", shape: "◐", className: "is-due" },
  planned: { says: "planned", shape: "○", className: "is-quiet" },
} as const satisfies Readonly<Record<string, Standing>>

/** How something stands, by word and shape. */
export function standingOf({ standing, at }: Pick<DueItem, "standing" | "at">, now = Date.now()): Standing {
  const isFar = Date.parse(at) - now > soonDays * 86_400_000
  return standings[standing === "soon" && isFar ? "planned" : standing]
}

export function nameOf({ what, name }: Pick<DueItem, "what" | "name">): string {
  if (what === "master-key") return "Master key of the vault"
  return what === "keyring" ? `Keyring ${inert(name)}` : inert(name)
}

const events: Readonly<Record<DueItem["event"], string>> = {
  rotation: "rotation",
  expiry: "end of its work",
  destruction: "destruction",
}

/** What happens then. */
export function eventOf({ event }: Pick<DueItem, "event">): string {
  return events[event]
}

import type { EventAbout, EventKeyStatus, EventKind, EventObject } from "../../../preload/contract/event.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { inert } from "../../ui/inert.ts"

interface KindWords {
  readonly label: string
  readonly says: string
}

/** What makes keys change that no calendar knows. */
export const kindWords: Readonly<Record<EventKind, KindWords>> = {
  "owner-departed": { label: "Owner departed", says: "A person left who answers for keys, and may know them." },
  "system-decommissioned": { label: "System decommissioned", says: "An environment in which keys are used ends." },
  "compliance-change": { label: "Rules changed", says: "Keys of some algorithms are to be replaced." },
  suspicion: { label: "Suspicion", says: "Something is wrong with some keys. One that others have is compromised." },
}

export const kinds: readonly EventKind[] = ["owner-departed", "system-decommissioned", "compliance-change", "suspicion"]

/** More names than these are no title any more. */
const mostNames = 3

/** Which keys it touches. */
export function aboutWords({ owner, environment, algorithms, keys, keyring }: EventAbout): string {
  const parts = [
    owner,
    environment,
    algorithms?.map((each) => algorithmWords[each]).join(", "),
    keys === null ? null : namesIn(keys),
    keyring === null ? null : `in ${keyring}`,
  ]
  return parts
    .filter((part) => part !== null && part !== undefined)
    .map(inert)
    .join(", ")
}

function namesIn(keys: readonly string[]): string {
  const more = keys.length - mostNames
  return `${keys.slice(0, mostNames).join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

/** How a key stands: by word and shape, the color only helps. */
export const statusWords: Readonly<
  Record<EventKeyStatus, { readonly says: string; readonly shape: string; readonly className: string }>
> = {
  "to-rotate": { says: "to rotate", shape: "▲", className: "is-due" },
  rotating: { says: "rotating", shape: "◐", className: "" },
  rotated: { says: "rotated", shape: "✓", className: "" },
  ended: { says: "ended", shape: "✕", className: "is-quiet" },
}

/** How far it is, in numbers. */
export function countWords({ toRotate, rotating, rotated, ended }: EventObject["counts"]): string {
  const parts = [
    [toRotate, "to rotate"],
    [rotating, "rotating"],
    [rotated, "rotated"],
    [ended, "ended"],
  ] as const
  return parts
    .filter(([number]) => number > 0)
    .map(([number, says]) => `${number} ${says}`)
    .join(", ")
}

/** How much of it is behind: from 0 to 1. */
export function shareOf({ toRotate, rotating, rotated, ended }: EventObject["counts"]): number {
  const all = toRotate + rotating + rotated + ended
  return all === 0 ? 1 : (rotated + ended) / all
}

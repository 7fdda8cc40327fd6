import type { BlastItem, IncidentAction, IncidentObject } from "../../../preload/contract/incident.ts"
import { printable } from "../../domain/printable.ts"
import { argument, required, text } from "../field.ts"
import { showTable } from "../show-result.ts"

export const incident = argument(required(text("ID", "the incident, or the key that it is about")))

export const blastColumns = ["effect", "kind", "name", "count", "how"]
const stepColumns = ["step", "state", "owner", "dueAt", "does"]
const followedColumns = ["step", "state", "owner", "dueAt", "isOverdue", "evidence", "note"]

const rehearsalNotice = "REHEARSAL: nothing was done to the key."

/** What a compromise has brought about, for a person. */
export function showOpened(
  { incident: id, rehearsal, blastRadius, actions }: Opened,
  { name, state }: { readonly name: string; readonly state: string },
): string {
  return [
    ...(rehearsal ? [rehearsalNotice] : []),
    `${printable(name)} is ${state}. Incident ${id}`,
    ...radius(blastRadius),
    "",
    "Actions:",
    showTable(actions, stepColumns),
  ].join("\n")
}

interface Opened {
  readonly incident: string
  readonly rehearsal: boolean
  readonly blastRadius: readonly BlastItem[]
  readonly actions: readonly IncidentAction[]
}

/** How far an incident is, for a person. */
export function showFollowed(about: IncidentObject): string {
  const { id, key, rehearsal, reason, since, versions, openedAt, closedAt, rootCause, blastRadius, actions } = about
  return [
    ...(rehearsal ? [rehearsalNotice] : []),
    `Incident ${id}`,
    `Key ${printable(key.name)}, version ${versions.join(", ")}: ${printable(reason)}`,
    `Opened ${openedAt}${since === null ? "" : `, in other hands since ${since}`}`,
    closedAt === null ? "Open" : `Closed ${closedAt}: ${printable(rootCause ?? "")}`,
    ...radius(blastRadius),
    "",
    "Actions:",
    showTable(actions, followedColumns),
  ].join("\n")
}

function radius(items: readonly BlastItem[]): string[] {
  return ["", "Blast radius:", showTable(items, blastColumns)]
}

import type { BlastItem, IncidentObject } from "../../preload/contract/incident.ts"
import type { LoggedEvent } from "./key-traces.ts"
import type { DocumentBlock, WrittenDocument } from "./written-document.ts"

interface Told {
  readonly incident: IncidentObject
  readonly events: readonly LoggedEvent[]
  /** Whether the log has more than was asked for. */
  readonly hasMore: boolean
  /** RFC 3339 UTC: when the report was made. */
  readonly at: string
  readonly vaultId: string
}

/** The report of an incident: what it was about, what it bears on, what was done by whom, what happened when, and why. */
export function incidentReport({ incident, events, hasMore, at, vaultId }: Told): WrittenDocument {
  const { key, rehearsal, rootCause } = incident
  const title = `${rehearsal ? "REHEARSAL: " : ""}Incident report: compromise of ${key.name}`
  const blocks: readonly DocumentBlock[] = [
    ...(rehearsal ? [{ kind: "notice", text: "REHEARSAL: nothing of this happened to the key." } as const] : []),
    { kind: "facts", facts: [...factsOf(incident), ["Vault", vaultId], ["Report made", at]] },
    heading("Root cause"),
    { kind: "text", text: rootCause ?? "Not known yet: the incident is open." },
    heading("Actions"),
    actionsTable(incident),
    heading("Blast radius"),
    blastTable(incident.blastRadius),
    heading("Timeline, from the audit log"),
    timelineTable(events),
    ...(hasMore ? [{ kind: "text", text: `The log has more than these ${events.length} rows.` } as const] : []),
    ...(rehearsal ? [{ kind: "notice", text: "REHEARSAL" } as const] : []),
  ]
  return { title, at, blocks }
}

function heading(text: string): DocumentBlock {
  return { kind: "heading", text }
}

function factsOf({
  id,
  key,
  versions,
  reason,
  since,
  openedAt,
  closedAt,
}: IncidentObject): (readonly [string, string])[] {
  return [
    ["Incident", id],
    ["Key", `${key.name} (${key.id})`],
    ["Versions concerned", versions.join(", ")],
    ["Reason", reason],
    ["In other hands since", since ?? "not known"],
    ["Opened", openedAt],
    ["Closed", closedAt ?? "still open"],
  ]
}

function actionsTable({ actions }: IncidentObject): DocumentBlock {
  return {
    kind: "table",
    columns: ["Step", "State", "Owner", "Due", "Settled", "What shows it"],
    rows: actions.map(({ step, state, owner, dueAt, settledAt, note, evidence, isOverdue }) => [
      step,
      isOverdue ? `${state}, overdue` : state,
      owner ?? "nobody",
      dueAt,
      settledAt ?? "",
      [evidence, note].filter((text) => text !== null).join(" "),
    ]),
  }
}

function blastTable(items: readonly BlastItem[]): DocumentBlock {
  if (items.length === 0) return { kind: "text", text: "Nothing that the vault knows of." }
  return {
    kind: "table",
    columns: ["How it stands", "Kind", "Name", "Number", "First", "Last", "How"],
    rows: items.map(({ effect, kind, name, count, first, last, how }) => [
      effect,
      kind,
      name,
      count === undefined ? "" : String(count),
      first ?? "",
      last ?? "",
      how,
    ]),
  }
}

function timelineTable(events: readonly LoggedEvent[]): DocumentBlock {
  return {
    kind: "table",
    columns: ["Row", "At", "Who", "Action", "Outcome", "Why"],
    rows: events.map(({ seq, at, actor, action, outcome, reason }) => [
      String(seq),
      at,
      actor,
      action,
      outcome,
      reason ?? "",
    ]),
  }
}

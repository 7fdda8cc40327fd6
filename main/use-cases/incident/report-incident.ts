import { Buffer } from "node:buffer"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { incidentReport } from "../../domain/incident-report.ts"
import { markdownOf } from "../../domain/markdown.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import type { WrittenDocument } from "../../domain/written-document.ts"
import { timeOf } from "../key/key-object.ts"
import { findIncident } from "./follow-incident.ts"
import { incidentObject, named } from "./incident-object.ts"

/** So many rows of the log are in a report. */
const mostEvents = 500

type WritePdf = (document: WrittenDocument) => Promise<Uint8Array<ArrayBuffer>>

/** Writes the report of an incident; that it was made is logged first. @throws `NOT_FOUND`, `INTEGRITY_FAILED` */
export function reportIncident(session: Session<OpenVault>, writePdf: WritePdf) {
  return async ({ incident: which, format }: InputOf<"incident.report">): Promise<OutputOf<"incident.report">> => {
    const vault = session.current()
    const incident = findIncident(vault, which)
    const { id, key, since, openedAt, rehearsal } = named(vault, incident)
    vault.journal.record(() => {
      const mark = vault.incidents.put(incident)
      const detail = { format, rehearsal, incident: mark }
      return { entry: { action: "incident.report", target: key.name, detail }, result: undefined }
    })
    const events = vault.traces.timeline(key.id, id, since ?? openedAt, mostEvents + 1)
    const document = incidentReport({
      incident: incidentObject(vault, incident),
      events: events.slice(0, mostEvents),
      hasMore: events.length > mostEvents,
      at: timeOf(vault),
      vaultId: vault.vaultId,
    })
    const report = format === "md" ? new Uint8Array(Buffer.from(markdownOf(document))) : await writePdf(document)
    return { report, format, incident: id }
  }
}

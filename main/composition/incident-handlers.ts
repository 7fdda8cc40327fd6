import type { HandlersOf } from "../../preload/contract/index.ts"
import { previewCompromise } from "../use-cases/incident/blast-radius.ts"
import { changeStep, closeIncident, listIncidents, showIncident } from "../use-cases/incident/follow-incident.ts"
import { reportIncident } from "../use-cases/incident/report-incident.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"
import { writePdf } from "./write-pdf.ts"

/** The handlers for the answer to a compromise. */
export function incidentHandlers(session: VaultSession): HandlersOf<"incident"> {
  return {
    "incident.preview": previewCompromise(session, keyCrypto),
    "incident.list": listIncidents(session),
    "incident.show": showIncident(session),
    "incident.step": changeStep(session),
    "incident.close": closeIncident(session),
    "incident.report": reportIncident(session, writePdf),
  }
}

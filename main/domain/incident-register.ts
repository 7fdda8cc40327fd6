import type { Incident } from "../../preload/contract/incident.ts"

/** What the row of the log that changes an incident says of it. */
export type IncidentMark = { readonly id: string; readonly hash: string }

/** The incidents of a vault: none is ever lost. What is read is what the log says was left. */
export interface IncidentRegister {
  /** The newest first. @throws `INTEGRITY_FAILED` */
  list(): readonly Incident[]
  /** @throws `INTEGRITY_FAILED` */
  find(id: string): Incident | null
  /** Those about a key, the newest first. @throws `INTEGRITY_FAILED` */
  ofKey(keyId: string): readonly Incident[]
  /** To be done in the transaction whose row in the log has the mark. */
  put(incident: Incident): IncidentMark
}

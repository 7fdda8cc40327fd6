import type { Incident, IncidentSummary } from "../../../preload/contract/incident.ts"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { closedIncident, foremost, isOverdue, withStep } from "../../domain/incident.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { timeOf } from "../key/key-object.ts"
import { evidenceOf, incidentObject, named } from "./incident-object.ts"

/** All incidents, the newest first. @throws `INTEGRITY_FAILED` */
export function listIncidents(session: Session<OpenVault>) {
  return ({ open }: InputOf<"incident.list">): OutputOf<"incident.list"> => {
    const vault = session.current()
    const isMeant = ({ closedAt }: Incident): boolean => open === undefined || open === (closedAt === null)
    return {
      incidents: vault.incidents
        .list()
        .filter(isMeant)
        .map((each) => summaryOf(named(vault, each), timeOf(vault))),
    }
  }
}

function summaryOf({ blastRadius: _, steps, ...about }: Incident, now: string): IncidentSummary {
  const open = steps.filter(({ state }) => state === "open")
  const overdue = about.closedAt === null ? open.filter((step) => isOverdue(step, now)).length : 0
  return { ...about, open: open.length, overdue, next: open[0]?.step ?? null }
}

/** @throws `NOT_FOUND`, `INTEGRITY_FAILED` */
export function showIncident(session: Session<OpenVault>) {
  return ({ incident }: InputOf<"incident.show">): OutputOf<"incident.show"> => {
    const vault = session.current()
    return incidentObject(vault, findIncident(vault, incident))
  }
}

/** Says how far a step is, whose it is, or until when it is to be done. @throws `NOT_FOUND`, `STATE_DENIED`, `INVALID_INPUT` */
export function changeStep(session: Session<OpenVault>) {
  return ({ incident, step, ...change }: InputOf<"incident.step">): OutputOf<"incident.step"> => {
    const vault = session.current()
    const { state, owner, due, note } = change
    const said = {
      step,
      ...(state === undefined ? {} : { state }),
      ...(owner === undefined ? {} : { owner }),
      ...(due === undefined ? {} : { due }),
      ...(note === undefined ? {} : { reason: note }),
    }
    return changed(vault, incident, "incident.step", said, (before) =>
      withStep(before, step, change, { evidence: evidenceOf(vault, before, step), now: timeOf(vault) }),
    )
  }
}

/** Ends an incident with what caused it. @throws `NOT_FOUND`, `STATE_DENIED` while steps are open */
export function closeIncident(session: Session<OpenVault>) {
  return ({ incident, rootCause }: InputOf<"incident.close">): OutputOf<"incident.close"> => {
    const vault = session.current()
    return changed(vault, incident, "incident.close", { reason: rootCause }, (before) =>
      closedIncident(before, rootCause, timeOf(vault)),
    )
  }
}

/** The incident with that id, else the foremost of the key that is called so. @throws `NOT_FOUND` */
export function findIncident(vault: OpenVault, which: string): Incident {
  const key = vault.keys.find(which)
  const found = vault.incidents.find(which) ?? (key === null ? null : foremost(vault.incidents.ofKey(key.id)))
  if (found === null) throw new VaultError("NOT_FOUND", `an incident ${which}`)
  return found
}

function changed(
  vault: OpenVault,
  which: string,
  action: string,
  said: Readonly<Record<string, string | null>>,
  next: (before: Incident) => Incident,
): OutputOf<"incident.step"> {
  const after = vault.journal.record(() => {
    const incident = next(findIncident(vault, which))
    const detail = { ...said, rehearsal: incident.rehearsal, incident: vault.incidents.put(incident) }
    return { entry: { action, target: named(vault, incident).key.name, detail }, result: incident }
  })
  return incidentObject(vault, after)
}

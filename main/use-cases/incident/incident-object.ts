import type { Incident, IncidentAction, IncidentObject, StepName } from "../../../preload/contract/incident.ts"
import { isOverdue } from "../../domain/incident.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { timeOf } from "../key/key-object.ts"

const does: Readonly<Record<StepName, string>> = {
  contain: "Stop all new use of it; what it protected opens only with a reason, and each time is logged.",
  replace: "Give the key a new version, and put that to work wherever the old one was.",
  rewrap: "Move what was protected under it to the new version: rewrap data keys, encrypt files and texts anew.",
  revoke: "Tell everybody who trusts its public half that it is not to be trusted any more.",
  destroy: "Destroy the compromised versions, once nothing needs them any more.",
  review: "Find out how it came to this, and what will keep it from happening again.",
}

export function incidentObject(vault: OpenVault, incident: Incident): IncidentObject {
  const { steps: _, ...about } = named(vault, incident)
  return { ...about, actions: actionsOf(vault, incident) }
}

/** Its key as it is called now: it may have got another name, and another key its old one. */
export function named(vault: OpenVault, { key: { id, name }, ...incident }: Incident): Incident {
  return { ...incident, key: { id, name: vault.keys.findById(id)?.name ?? name } }
}

/** The steps, with what is to be done and what the vault shows of it. */
export function actionsOf(vault: OpenVault, incident: Incident): IncidentAction[] {
  const now = timeOf(vault)
  return incident.steps.map((step) => ({
    ...step,
    does: does[step.step],
    isOverdue: incident.closedAt === null && isOverdue(step, now),
    evidence: evidenceOf(vault, incident, step.step),
  }))
}

/** What the vault itself shows of a step; a rehearsal leaves no traces in it. */
export function evidenceOf(vault: OpenVault, incident: Incident, step: StepName): string | null {
  const key = incident.rehearsal ? null : vault.keys.findById(incident.key.id)
  return key === null ? null : evidence[step](vault, incident, key)
}

type Evidence = (vault: OpenVault, incident: Incident, key: Key) => string | null

const evidence: Readonly<Record<StepName, Evidence>> = {
  contain(_, { versions }, key) {
    const isContained = (number: number): boolean =>
      key.versions.some(
        ({ version, state, pending }) =>
          version === number && (state === "compromised" || state === "destroyed" || pending?.from === "compromised"),
      )
    return versions.every(isContained) ? `No new use is possible of ${numbered(versions)}.` : null
  },
  replace: (_, { versions }, { state, currentVersion }) =>
    state === "active" && !versions.includes(currentVersion) ? `Version ${currentVersion} does the work.` : null,
  rewrap(vault, { key: { id }, openedAt, versions }) {
    if (vault.dataKeys.countOf(id, versions) > 0) return null
    const at =
      vault.traces.lastDone(id, "rotation.rewrap", openedAt) ?? vault.traces.lastDone(id, "key.rewrap", openedAt)
    return at === null ? null : `Data keys were rewrapped, the last at ${at}.`
  },
  revoke(vault, { key: { id }, openedAt }) {
    const at = vault.traces.lastDone(id, "key.revocation", openedAt)
    return at === null ? null : `A revocation was made at ${at}.`
  },
  destroy(_, { versions }, key) {
    const meant = key.versions.filter(({ version }) => versions.includes(version))
    return meant.every(({ state }) => state === "destroyed") ? `Destroyed: ${numbered(versions)}.` : null
  },
  review: (_, { rootCause }) => rootCause,
}

function numbered(versions: readonly number[]): string {
  return `version${versions.length === 1 ? "" : "s"} ${versions.join(", ")}`
}

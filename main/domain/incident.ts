import type { Incident, IncidentStep, StepName } from "../../preload/contract/incident.ts"
import type { Duration } from "../../preload/contract/values.ts"
import { later } from "./cryptoperiod.ts"
import { VaultError } from "./vault-error.ts"

/** In their order, with the time that each may take. */
const steps: readonly (readonly [StepName, Duration | null])[] = [
  ["contain", null],
  ["replace", "1d"],
  ["rewrap", "7d"],
  ["revoke", "1d"],
  ["destroy", "30d"],
  ["review", "14d"],
]

interface Opening {
  /** RFC 3339 UTC. */
  readonly at: string
  readonly owner: string | null
  /** Steps that are done with the opening itself, or have nothing to do: why. */
  readonly settled: Readonly<Partial<Record<StepName, Pick<IncidentStep, "state" | "note">>>>
}

/** What is to be done from now on, each step with a day by which. */
export function firstSteps({ at, owner, settled }: Opening): IncidentStep[] {
  return steps.map(([step, after]) => {
    const known = settled[step]
    return {
      step,
      state: known?.state ?? "open",
      owner,
      dueAt: after === null ? at : later(at, after),
      settledAt: known === undefined ? null : at,
      note: known?.note ?? null,
    }
  })
}

/** What is to change about a step; what is left out stays. */
export interface StepChange {
  readonly state?: IncidentStep["state"] | undefined
  readonly owner?: string | null | undefined
  readonly due?: string | undefined
  readonly note?: string | undefined
}

/**
 * The incident with one step changed.
 * @param evidence - what the vault shows of the step; where that is nothing, whoever says that it is done says how
 * @param now - RFC 3339 UTC
 * @throws `STATE_DENIED` when the incident is closed; `INVALID_INPUT`
 */
export function withStep(
  incident: Incident,
  name: StepName,
  { state, owner, due, note }: StepChange,
  { evidence, now }: { readonly evidence: string | null; readonly now: string },
): Incident {
  requireOpen(incident)
  const change = (step: IncidentStep): IncidentStep => {
    const changed = {
      ...step,
      owner: owner === undefined ? step.owner : owner,
      dueAt: due ?? step.dueAt,
      note: note ?? step.note,
    }
    if (state === undefined || state === step.state) return changed
    if (state === "done" && !incident.rehearsal && evidence === null && changed.note === null) {
      throw new VaultError("INVALID_INPUT", `note: the vault shows nothing of the step ${name}; say how it was done`)
    }
    if (state === "not-needed" && changed.note === null) {
      throw new VaultError("INVALID_INPUT", `note: say why the step ${name} is not needed`)
    }
    return { ...changed, state, settledAt: state === "open" ? null : now }
  }
  return { ...incident, steps: incident.steps.map((step) => (step.step === name ? change(step) : step)) }
}

/**
 * The incident at its end; its review is what found the cause.
 * @throws `STATE_DENIED` when it is closed, or other steps are open
 */
export function closedIncident(incident: Incident, rootCause: string, now: string): Incident {
  requireOpen(incident)
  const open = incident.steps.filter(({ step, state }) => step !== "review" && state === "open")
  if (open.length > 0) {
    throw new VaultError("STATE_DENIED", `the incident has open steps: ${open.map(({ step }) => step).join(", ")}`)
  }
  const steps = incident.steps.map((step) =>
    step.step === "review" && step.state === "open" ? { ...step, state: "done" as const, settledAt: now } : step,
  )
  return { ...incident, steps, rootCause, closedAt: now }
}

/** The one of a key that somebody means who names the key: one that is open and no rehearsal, else the newest. @param incidents - the newest first */
export function foremost(incidents: readonly Incident[]): Incident | null {
  const pressing = incidents.find(({ closedAt, rehearsal }) => closedAt === null && !rehearsal)
  return pressing ?? incidents[0] ?? null
}

export function isOverdue({ state, dueAt }: IncidentStep, now: string): boolean {
  return state === "open" && dueAt < now
}

function requireOpen({ closedAt }: Incident): void {
  if (closedAt !== null) throw new VaultError("STATE_DENIED", `the incident was closed at ${closedAt}`)
}

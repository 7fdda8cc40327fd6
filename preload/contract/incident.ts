import { z } from "zod"
import { NewRemark } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { Bytes, Id, KeyName, Reason, Timestamp } from "./values.ts"

/**
 * How something stands to a key that was compromised: what the key protects is `exposed`, what protects the key may be the `cause`, what is
 * there of the key elsewhere `holds` it, and who worked with it `used` it.
 */
const BlastEffect = z.enum(["exposed", "cause", "holds", "used"])
export type BlastEffect = z.infer<typeof BlastEffect>

const BlastKind = z.enum([
  "key",
  "data-keys",
  "ciphertexts",
  "files",
  "signatures",
  "certificate",
  "copy",
  "backup",
  "token",
  "system",
  "user",
])
export type BlastKind = z.infer<typeof BlastKind>

export const BlastItem = z.object({
  kind: BlastKind,
  effect: BlastEffect,
  name: z.string(),
  /** A sentence for a person. */
  how: z.string(),
  /** Of a key: how many relations lie between. */
  distance: z.int().optional(),
  count: z.int().optional(),
  first: z.string().optional(),
  last: z.string().optional(),
})
export type BlastItem = z.infer<typeof BlastItem>

/** The answer to a compromise, in the order in which it is given. */
export const StepName = z.enum(["contain", "replace", "rewrap", "revoke", "destroy", "review"])
export type StepName = z.infer<typeof StepName>

const StepState = z.enum(["open", "done", "not-needed"])
export type StepState = z.infer<typeof StepState>

const stored = {
  step: StepName,
  state: StepState,
  owner: z.string().nullable(),
  dueAt: z.string(),
  /** When it was last said to be done, or not needed. */
  settledAt: z.string().nullable(),
  note: z.string().nullable(),
}

export const IncidentStep = z.object(stored)
export type IncidentStep = z.infer<typeof IncidentStep>

export const IncidentAction = z.object({
  ...stored,
  /** What is to be done, as a sentence. */
  does: z.string(),
  isOverdue: z.boolean(),
  /** What the vault itself shows of it; `null` where it shows nothing yet. */
  evidence: z.string().nullable(),
})
export type IncidentAction = z.infer<typeof IncidentAction>

const about = {
  id: Id,
  key: z.object({ id: Id, name: z.string() }),
  /** Nothing was done to the key: it is a rehearsal. */
  rehearsal: z.boolean(),
  reason: z.string(),
  /** From when on the key may have been in other hands; `null` where nobody knows. */
  since: z.string().nullable(),
  /** Those that are compromised by it. */
  versions: z.array(z.int()),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  rootCause: z.string().nullable(),
}

/** As it is stored: authenticated by the log's newest row about it. */
export const Incident = z.object({ ...about, blastRadius: z.array(BlastItem), steps: z.array(IncidentStep) })
export type Incident = z.infer<typeof Incident>

export const IncidentObject = z.object({
  ...about,
  blastRadius: z.array(BlastItem),
  actions: z.array(IncidentAction),
})
export type IncidentObject = z.infer<typeof IncidentObject>

const IncidentSummary = z.object({
  ...about,
  open: z.int(),
  overdue: z.int(),
  /** The first step that is open. */
  next: StepName.nullable(),
})
export type IncidentSummary = z.infer<typeof IncidentSummary>

/** An incident's id, or a key by its name: then its incident that is open and no rehearsal, else its newest. */
const Which = KeyName

/** Markdown, or PDF. */
export const IncidentReportFormat = z.enum(["md", "pdf"])
export type IncidentReportFormat = z.infer<typeof IncidentReportFormat>

export const incidentOperations = {
  /** What a compromise of a key would bear on. Nothing is changed or tracked. */
  "incident.preview": {
    input: z.strictObject({ name: KeyName, version: z.int().min(1).optional(), since: Timestamp.optional() }),
    output: z.object({ versions: z.array(z.int()), blastRadius: z.array(BlastItem) }),
  },
  "incident.list": {
    input: z.strictObject({ open: z.boolean().optional() }),
    output: z.object({ incidents: z.array(IncidentSummary) }),
  },
  "incident.show": { input: z.strictObject({ incident: Which }), output: IncidentObject },
  "incident.step": {
    input: z.strictObject({
      incident: Which,
      step: StepName,
      state: StepState.optional(),
      owner: NewRemark.nullable().optional(),
      due: Timestamp.optional(),
      note: Reason.optional(),
    }),
    output: IncidentObject,
  },
  "incident.close": { input: z.strictObject({ incident: Which, rootCause: Reason }), output: IncidentObject },
  "incident.report": {
    input: z.strictObject({ incident: Which, format: IncidentReportFormat }),
    output: z.object({ report: Bytes, format: IncidentReportFormat, incident: Id }),
  },
} as const satisfies Record<string, Operation>

import { z } from "zod"
import { hygieneFindings } from "./hygiene-findings.ts"
import { SignedCertificate } from "./key-destruction.ts"
import type { Operation } from "./operation.ts"
import { Algorithm, Bytes, Duration, KeyName, Purpose } from "./values.ts"

const Limit = z.int().min(1).max(100_000).default(1000)

/** What is to be renewed, or ends by itself or is destroyed. */
const DueThing = z.enum(["key", "keyring", "master-key"])
export type DueThing = z.infer<typeof DueThing>

/** `destruction`: the waiting time of a version that is to be destroyed is over. */
const DueEvent = z.enum(["rotation", "expiry", "destruction"])
export type DueEvent = z.infer<typeof DueEvent>

/** `overdue` when its day has passed, `due` on it, `soon` before. */
const DueStanding = z.enum(["overdue", "due", "soon"])
export type DueStanding = z.infer<typeof DueStanding>

const DueItem = z.object({
  what: DueThing,
  /** Of a key or keyring; of the master key the vault's id. */
  name: z.string(),
  event: DueEvent,
  at: z.string(),
  standing: DueStanding,
  keyring: z.string().nullable(),
  owner: z.string().nullable(),
  fix: z.string(),
})
export type DueItem = z.infer<typeof DueItem>

/** What a quantum computer does to what the key protects. */
export const QuantumExposure = z.enum(["recorded-now-read-later", "forged-later", "none"])
export type QuantumExposure = z.infer<typeof QuantumExposure>

/**
 * Whether what a key protects now must stay so for longer than until there is such a computer, as the keyring's policy expects it; `unsaid`
 * where neither the key nor the policy says how long.
 */
export const QuantumOutlook = z.enum(["too-long", "unsaid", "in-time"])
export type QuantumOutlook = z.infer<typeof QuantumOutlook>

const QuantumGroup = z.object({
  algorithm: Algorithm,
  purpose: Purpose,
  keys: z.int(),
  /** Of them, those of which that is so. */
  tooLong: z.int(),
  unsaid: z.int(),
  exposure: QuantumExposure,
  reason: z.string(),
  moveTo: z.array(Algorithm),
})
export type QuantumGroup = z.infer<typeof QuantumGroup>

const UsageFinding = z.enum(["never-used", "unused", "orphaned"])
export type UsageFinding = z.infer<typeof UsageFinding>

export const HygieneFinding = z.enum(hygieneFindings)
export type HygieneFinding = z.infer<typeof HygieneFinding>

/** How old a key is: at least the one, not yet the other. */
const AgeSpan = z.object({ olderThan: Duration.nullable(), youngerThan: Duration.nullable() })
export type AgeSpan = z.infer<typeof AgeSpan>

/** Of the inventory, for other programs. */
export const ReportFormat = z.enum(["csv", "json", "cyclonedx"])
export type ReportFormat = z.infer<typeof ReportFormat>

export const reportOperations = {
  "report.due": {
    input: z.strictObject({
      within: Duration.default("14d"),
      limit: Limit,
      /** An iCalendar (RFC 5545) besides, of all of it, however few are listed. */
      calendar: z.boolean().optional(),
    }),
    output: z.object({
      counts: z.object({ overdue: z.int(), due: z.int(), soon: z.int() }),
      /** The longest due first. */
      due: z.array(DueItem),
      calendar: z.string().optional(),
    }),
  },
  /** Active keys by what they are and by how old, the kinds with the most keys and the youngest keys first. */
  "report.health": {
    input: z.strictObject({}),
    output: z.object({
      keys: z.int(),
      algorithms: z.array(z.object({ algorithm: Algorithm, keys: z.int() })),
      ages: z.array(AgeSpan.extend({ keys: z.int() })),
    }),
  },
  "report.inventory": {
    input: z.strictObject({ format: ReportFormat }),
    /** The inventory leaves in the clear: names, owners, fingerprints; no material. */
    output: z.object({ format: ReportFormat, keys: z.int(), report: Bytes }),
  },
  /** The register of destructions: a certificate of each, signed anew, with the backups that hold the key now. */
  "report.destructions": {
    /** Only so many of the newest. */
    input: z.strictObject({ newest: z.int().min(1).max(100_000).optional() }),
    output: z.object({
      /** Of all. */
      count: z.int(),
      /** The oldest first. */
      destructions: z.array(SignedCertificate),
    }),
  },
  "report.quantum": {
    input: z.strictObject({ limit: Limit }),
    output: z.object({
      groups: z.array(QuantumGroup),
      exposedCount: z.int(),
      /** Of the exposed ones, without the seeds of wallets. */
      outlooks: z.record(QuantumOutlook, z.int()),
      /** Where the years come from. */
      source: z.string(),
      /** The exposed ones, those first that protect for too long, and of these those whose secrets can be recorded today. */
      exposed: z.array(
        z.object({
          name: z.string(),
          keyring: z.string(),
          owner: z.string().nullable(),
          algorithm: Algorithm,
          purpose: Purpose,
          exposure: QuantumExposure,
          outlook: QuantumOutlook,
          protectFor: Duration.nullable(),
          /** If it protects something now. */
          protectedUntil: z.string().nullable(),
          /** The last year without such a computer, by the policy of its keyring. */
          quantumYear: z.int(),
          moveTo: z.array(Algorithm),
        }),
      ),
    }),
  },
  /** Keys that work, and have something wrong with them that no policy need say. */
  "report.hygiene": {
    input: z.strictObject({
      /** Which findings; each costs its own time. */
      find: z.array(HygieneFinding).nonempty().default(HygieneFinding.options),
      unusedFor: Duration.default("90d"),
      neverRotatedFor: Duration.default("2y"),
      limit: z.int().min(0).max(100_000).default(1000),
      cursor: z.string().max(100).optional(),
    }),
    output: z.object({
      /** Of all keys, of each finding that was asked for. */
      counts: z.partialRecord(HygieneFinding, z.int()),
      /** Finding by finding, in the order in which they were made. */
      keys: z.array(
        z.object({
          finding: HygieneFinding,
          name: z.string(),
          keyring: z.string(),
          owner: z.string().nullable(),
          environment: z.string().nullable(),
          algorithm: Algorithm,
          message: z.string(),
          fix: z.string(),
        }),
      ),
      next: z.string().optional(),
    }),
  },
  "report.usage": {
    input: z.strictObject({ unusedFor: Duration.default("90d"), keyring: KeyName.optional(), limit: Limit }),
    output: z.object({
      counts: z.object({ keys: z.int(), neverUsed: z.int(), unused: z.int(), orphaned: z.int() }),
      /** Those with a finding, in the order in which they were made. */
      keys: z.array(
        z.object({
          name: z.string(),
          keyring: z.string(),
          owner: z.string().nullable(),
          createdAt: z.string(),
          lastUsedAt: z.string().nullable(),
          findings: z.array(UsageFinding),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Operation>

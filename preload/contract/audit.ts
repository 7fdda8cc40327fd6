import { z } from "zod"
import type { Operation } from "./operation.ts"
import { Bytes, KeyName, Path, Timestamp } from "./values.ts"

/** One row of the log as it is shown. */
export const AuditRow = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  outcome: z.string(),
  detail: z.record(z.string(), z.json()),
  hash: z.string(),
})
export type AuditRow = z.infer<typeof AuditRow>

/** How an operation ended. */
const Outcome = z.enum(["done", "denied", "failed"])
export type Outcome = z.infer<typeof Outcome>

/** What checking a chain found; `firstBad` names the first row that is not as it was written. */
export const ChainReport = z.object({
  ok: z.boolean(),
  rows: z.int(),
  head: z.object({ seq: z.int(), hash: z.string() }),
  firstBad: z.int().optional(),
  reason: z.string().optional(),
  signer: z.string().optional(),
})
export type ChainReport = z.infer<typeof ChainReport>

/** What was not so before: many uses of a key at once, an hour at which nobody works, a key that had long been at rest, acts that failed again and again. */
const UnusualKind = z.enum(["burst", "odd-hours", "long-unused", "failures"])
export type UnusualKind = z.infer<typeof UnusualKind>

export const auditOperations = {
  "audit.list": {
    input: z.strictObject({
      key: KeyName.optional(),
      /** Who did it, and what, as the rows name them in full. */
      actor: z.string().max(1000).optional(),
      action: z.string().max(100).optional(),
      outcome: Outcome.optional(),
      /** From this time on. */
      since: Timestamp.optional(),
      /** Before this time. */
      until: Timestamp.optional(),
      limit: z.int().min(1).max(10_000).default(100),
      cursor: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
      /** The newest rows first, instead of the oldest. */
      newest: z.boolean().optional(),
    }),
    output: z.object({ rows: z.array(AuditRow), next: z.string().optional() }),
  },
  /** Who did what, how often, and what of it was not so before, the newest first. */
  "audit.summary": {
    input: z.strictObject({ limit: z.int().min(1).max(10_000).default(100) }),
    output: z.object({
      rows: z.int(),
      actors: z.array(z.object({ actor: z.string(), rows: z.int() })),
      actions: z.array(z.object({ action: z.string(), rows: z.int() })),
      unusual: z.array(
        z.object({
          kind: UnusualKind,
          /** As it is called now; `null` where it is about the vault. */
          key: z.string().nullable(),
          /** Of the first row of it and the last. */
          from: z.string(),
          to: z.string(),
          rows: z.int(),
          reason: z.string(),
        }),
      ),
      /** How many there are, where that is more than were asked for. */
      unusualCount: z.int(),
    }),
  },
  "audit.verify": { input: z.strictObject({}), output: ChainReport },
  "audit.verify-export": {
    input: z.union([
      z.strictObject({ file: Path, signer: z.string().optional() }),
      z.strictObject({ content: Bytes, signer: z.string().optional() }),
    ]),
    output: ChainReport,
  },
  /** A signed archive (ZIP) for an auditor: the log, and what the vault says of its keys, policies and ends. */
  "audit.pack": {
    input: z.strictObject({ out: Path, force: z.boolean().optional() }),
    output: z.object({
      path: z.string(),
      /** `sha256` is hexadecimal, `size` in bytes. */
      files: z.array(z.object({ name: z.string(), size: z.int(), sha256: z.string() })),
      rows: z.int(),
      head: z.object({ seq: z.int(), hash: z.string() }),
      signer: z.string(),
    }),
  },
  "audit.export": {
    /** Without a file, the export comes back as bytes. */
    input: z.strictObject({ out: Path.optional(), force: z.boolean().optional() }),
    output: z.object({
      path: z.string().optional(),
      exported: Bytes.optional(),
      rows: z.int(),
      head: z.object({ seq: z.int(), hash: z.string() }),
      signer: z.string(),
    }),
  },
} as const satisfies Record<string, Operation>

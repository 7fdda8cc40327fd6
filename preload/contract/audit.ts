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

export const auditOperations = {
  "audit.list": {
    input: z.strictObject({
      key: KeyName.optional(),
      action: z.string().max(100).optional(),
      since: Timestamp.optional(),
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
  "audit.verify": { input: z.strictObject({}), output: ChainReport },
  "audit.verify-export": {
    input: z.union([
      z.strictObject({ file: Path, signer: z.string().optional() }),
      z.strictObject({ content: Bytes, signer: z.string().optional() }),
    ]),
    output: ChainReport,
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

import { z } from "zod"
import { KeyslotSummary } from "./keyslot-summary.ts"
import type { Operation } from "./operation.ts"
import { Id, Path } from "./values.ts"

const Counts = z.object({ keys: z.int(), versions: z.int(), keyrings: z.int(), auditRows: z.int() })
/** What the system does for secrets in memory. */
export const Protection = z.object({
  locked: z.boolean(),
  dontDump: z.boolean(),
  guarded: z.boolean(),
  coreDumps: z.string(),
  debugger: z.string(),
})

const VaultInfo = z.object({
  vaultId: Id,
  label: z.string().optional(),
  version: z.int(),
  path: z.string(),
  createdAt: z.string(),
  keyslots: z.array(KeyslotSummary),
  locked: z.boolean(),
  /** After wrong tries: how long until the next one, which would wait that long. */
  waitMs: z.int().positive().optional(),
  counts: Counts.optional(),
  auditKey: z.string().optional(),
  memory: Protection,
})

export const vaultInfoOperations = {
  "vault.info": { input: z.strictObject({ path: Path }), output: VaultInfo },
} as const satisfies Record<string, Operation>

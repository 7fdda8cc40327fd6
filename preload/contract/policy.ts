import { z } from "zod"
import type { Operation } from "./operation.ts"
import { LockTimes, PolicyAct, PolicyFile, UnusualThresholds } from "./policy-file.ts"
import { Algorithm, Duration, Exportable, KeyName, Purpose } from "./values.ts"

/** What holds in a keyring, with nothing left out; `null` where anything goes. */
const EffectivePolicy = z.object({
  profile: PolicyFile.shape.profile.unwrap(),
  algorithms: z.array(Algorithm).nullable(),
  purposes: z.array(Purpose).nullable(),
  cryptoperiods: z.partialRecord(Purpose, Duration),
  exportable: Exportable,
  location: z.enum(["anywhere", "token-only"]),
  required: z.array(z.enum(["owner", "environment"])),
  approvals: z.array(PolicyAct),
  automaticRotation: z.boolean(),
  uses: z.object({ warnAt: z.int(), stopAt: z.int() }),
  protectFor: z.partialRecord(Purpose, Duration),
  quantumYear: z.int(),
  unusual: UnusualThresholds,
  lock: LockTimes,
})

export const KeyringPolicy = z.object({
  keyring: z.string(),
  /** 0 before one was ever set. */
  version: z.int(),
  /** SHA-256 over the RFC 8785 form of what was stated, hexadecimal, as the log has it. */
  hash: z.string().nullable(),
  stated: PolicyFile,
  effective: EffectivePolicy,
  /** All that were ever set, the newest first. */
  history: z.array(z.object({ version: z.int(), at: z.string(), hash: z.string(), stated: PolicyFile })),
})
export type KeyringPolicy = z.infer<typeof KeyringPolicy>

export const PolicyFinding = z.object({
  rule: z.string(),
  severity: z.enum(["error", "warning"]),
  key: z.string(),
  message: z.string(),
  fix: z.string(),
})

const Limit = z.object({ seconds: z.int(), keyring: z.string() }).nullable()
const Demand = z.object({ keyring: z.string() }).nullable()

/** How soon the app must lock the vault, and the policy of which keyring says so; `null` where none does. */
const LockLimits = z.object({
  afterIdle: Limit,
  afterIdleOnSeeds: Limit,
  onScreenLock: Demand,
  onSuspend: Demand,
  onClose: Demand,
})
export type LockLimits = z.infer<typeof LockLimits>

export const policyOperations = {
  "policy.check": {
    input: z.strictObject({
      keyring: KeyName.optional(),
      /** What would be found if this held instead. */
      as: PolicyFile.optional(),
      limit: z.int().min(1).max(1_000_000).default(100_000),
    }),
    /** The counts are of all findings, the list holds at most as many as were asked for. */
    output: z.object({ counts: z.object({ error: z.int(), warning: z.int() }), findings: z.array(PolicyFinding) }),
  },
  "policy.lock": { input: z.strictObject({}), output: LockLimits },
} as const satisfies Record<string, Operation>

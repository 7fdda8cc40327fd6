import { z } from "zod"
import { Algorithm, Duration, Exportable, Purpose, Remark, Usage } from "./values.ts"

/** What comes with the program; a policy of one's own stands on one of them. */
export const PolicyProfile = z.enum(["personal", "nist-2030", "cnsa-2.0"])
export type PolicyProfile = z.infer<typeof PolicyProfile>

/** What can be done with a key, as far as a second person may have to approve it. */
export const PolicyAct = z.enum([...Usage.options, "generate", "import", "set", "rotate", "export", "destroy"])
export type PolicyAct = z.infer<typeof PolicyAct>

const MessageCount = z
  .int()
  .min(1)
  .max(2 ** 32)

/** Of the log: what is so far from what was before that it is shown. */
export const UnusualThresholds = z.strictObject({
  burstUses: z.int().min(2).max(1_000_000).describe("Uses of a key within an hour that are a burst, at the least."),
  burstFactor: z.int().min(1).max(1000).describe("Times as many uses within an hour as ever before, to be a burst."),
  oddHourDays: z
    .int()
    .min(2)
    .max(60)
    .describe("An hour is odd where the vault was used around it on fewer than one in so many days."),
  rest: Duration.describe("After so long without use, the next one is named."),
  failures: z.int().min(2).max(1_000_000).describe("Refused and failed acts within an hour that are many."),
})

const Seconds = z.int().min(10).max(86_400)

/** Of the app, while the vault is open. */
export const LockTimes = z.strictObject({
  afterIdle: Seconds.describe("Seconds without use after which the vault locks, at the latest."),
  afterIdleOnSeeds: Seconds.describe("The same on screens with seeds."),
  onScreenLock: z.boolean().describe("Whether it must lock with the screen."),
  onSuspend: z.boolean().describe("Whether it must lock when the machine goes to sleep."),
  onClose: z.boolean().describe("Whether it must lock when the window is closed."),
})

export type UnusualThresholds = z.infer<typeof UnusualThresholds>
export type LockTimes = z.infer<typeof LockTimes>

/** A policy as its author states it: what is not said is as the profile has it. `docs/policy.schema.json` is made of it. */
export const PolicyFile = z.strictObject({
  $schema: z.string().max(2000).optional().describe("Where an editor finds this schema; Claviger does not look there."),
  profile: PolicyProfile.default("personal").describe("The built-in profile that holds where nothing else is said."),
  description: Remark.optional().describe("What the policy is for, up to 1,000 characters."),
  algorithms: z
    .array(Algorithm)
    .nonempty()
    .optional()
    .describe("The algorithms, with their sizes, that keys may have."),
  purposes: z.array(Purpose).nonempty().optional().describe("The purposes that keys may have."),
  cryptoperiods: z
    .partialRecord(Purpose, Duration.nullable())
    .optional()
    .describe("How long a version of a key of each purpose may do its work before it rotates; null: for ever."),
  exportable: Exportable.optional().describe("The most that a key's own `exportable` may allow."),
  location: z.enum(["anywhere", "token-only"]).optional().describe("Where keys may be."),
  required: z
    .array(z.enum(["owner", "environment"]))
    .optional()
    .describe("What must be said of each key."),
  approvals: z.array(PolicyAct).optional().describe("What a second person must approve."),
  automaticRotation: z
    .boolean()
    .optional()
    .describe("Whether keys that were made here, and are in the vault, rotate by themselves when they are due."),
  uses: z
    .strictObject({ warnAt: MessageCount, stopAt: MessageCount })
    .optional()
    .describe("After how many messages that a version encrypts with random nonces there is a warning, and an end."),
  protectFor: z
    .partialRecord(Purpose, Duration.nullable())
    .optional()
    .describe(
      "How long what keys of each purpose protect must stay secret, or their signatures be believed, where a key does not say; null: nobody says.",
    ),
  quantumYear: z
    .int()
    .min(2025)
    .max(2100)
    .optional()
    .describe("The last year in which no quantum computer is expected that breaks RSA and elliptic curves."),
  unusual: UnusualThresholds.partial()
    .optional()
    .describe("From when on use is named as unusual; it is never refused."),
  lock: LockTimes.partial()
    .optional()
    .describe("How soon the app locks the vault, at the latest: the strictest of all keyrings holds."),
})
export type PolicyFile = z.infer<typeof PolicyFile>

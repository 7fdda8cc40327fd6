import { z } from "zod"

const Text = z.string().max(10_000)

/** What is looked at in a token, in the order in which it is told. */
export const TokenCheckName = z.enum([
  "present",
  "identity",
  "firmware",
  "answers",
  "self-test",
  "user-pin",
  "so-pin",
  "memory",
  "errors",
])
export type TokenCheckName = z.infer<typeof TokenCheckName>

export const TokenCheck = z.object({
  check: TokenCheckName,
  /** `skipped`: it could not be looked at, and `says` tells why; that is no word about the token. */
  outcome: z.enum(["ok", "warning", "failed", "skipped"]),
  says: Text,
})
export type TokenCheck = z.infer<typeof TokenCheck>

/** Why somebody looked: they asked for it, it was time, or something was plugged in. */
export const HealthCause = z.enum(["asked", "schedule", "plugged-in"])
export type HealthCause = z.infer<typeof HealthCause>

/** What was found in one token at one time. */
export const TokenHealth = z.object({
  at: z.string(),
  /** Of the token, by label, manufacturer, model and serial. */
  uri: Text,
  cause: HealthCause,
  /** The worst of its checks. */
  outcome: z.enum(["ok", "warning", "failed"]),
  checks: z.array(TokenCheck),
  /** As the token told; `null` when it was not there. */
  firmwareVersion: Text.nullable(),
  /** Bytes; `null` where the token does not tell. */
  freeMemory: z.number().nullable(),
  /** What was asked of it by this program since the check before, and how much of that it failed at. */
  calls: z.int(),
  errors: z.int(),
  /** The keys that were tried, by name. */
  triedKeys: z.array(z.string()),
})
export type TokenHealth = z.infer<typeof TokenHealth>

import { z } from "zod"
import { eventKinds } from "./event-kinds.ts"
import type { Operation } from "./operation.ts"
import { Algorithm, Id, KeyName } from "./values.ts"

export const EventKind = z.enum(eventKinds)
export type EventKind = z.infer<typeof EventKind>

const Words = z.string().min(1).max(200)

/** Which keys it touches: all of these hold at once. */
export const EventAbout = z.strictObject({
  owner: Words.nullable(),
  environment: Words.nullable(),
  algorithms: z.array(Algorithm).nullable(),
  keys: z.array(KeyName).nullable(),
  keyring: KeyName.nullable(),
})
export type EventAbout = z.infer<typeof EventAbout>

/** As the vault keeps it and as the log has it. Times are RFC 3339 UTC. */
export const KeyEvent = z.strictObject({
  id: Id,
  kind: EventKind,
  about: EventAbout,
  reason: z.string(),
  at: z.string(),
  closedAt: z.string().nullable(),
  /** With the version that was current when it happened. */
  keys: z.array(z.strictObject({ keyId: Id, version: z.int() })),
})
export type KeyEvent = z.infer<typeof KeyEvent>

/** `ended`: it protects nothing new any more. */
const EventKeyStatus = z.enum(["to-rotate", "rotating", "rotated", "ended"])
export type EventKeyStatus = z.infer<typeof EventKeyStatus>

const EventObject = KeyEvent.omit({ keys: true }).extend({
  keys: z.array(z.object({ name: z.string(), status: EventKeyStatus })),
  counts: z.object({ toRotate: z.int(), rotating: z.int(), rotated: z.int(), ended: z.int() }),
})
export type EventObject = z.infer<typeof EventObject>

const Reason = z.string().min(1).max(1000)
const id = { id: Id }
const started = { event: EventObject, notStarted: z.array(z.object({ key: z.string(), why: z.string() })) }

/** Departures, decommissionings, new rules, suspicions: the keys that each touches, and their rotation as one thing to follow. */
export const eventOperations = {
  "event.raise": {
    input: z.strictObject({
      kind: EventKind,
      owner: Words.optional(),
      environment: Words.optional(),
      algorithms: z.array(Algorithm).min(1).optional(),
      keys: z.array(KeyName).min(1).max(1000).optional(),
      keyring: KeyName.optional(),
      reason: Reason,
      /** Only tells which keys it would touch. */
      dryRun: z.boolean().default(false),
    }),
    output: z.object(started),
  },
  "event.start": { input: z.strictObject(id), output: z.object(started) },
  "event.list": { input: z.strictObject({}), output: z.object({ events: z.array(EventObject.omit({ keys: true })) }) },
  "event.show": { input: z.strictObject(id), output: EventObject },
  "event.close": { input: z.strictObject({ ...id, reason: Reason }), output: EventObject },
} as const satisfies Record<string, Operation>

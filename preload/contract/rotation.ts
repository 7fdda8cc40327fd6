import { z } from "zod"
import type { Operation } from "./operation.ts"
import { Bytes, Duration, Id, KeyName, Pin } from "./values.ts"

/** What was done last: the new version was made, both were tried, the new one took the work over. */
export const RotationPhase = z.enum(["made", "tested", "switched"])
export type RotationPhase = z.infer<typeof RotationPhase>

/** A rotation that goes on, as the vault keeps it and as the log has it. Times are RFC 3339 UTC. */
export const RotationState = z.strictObject({
  keyId: Id,
  fromVersion: z.int(),
  toVersion: z.int(),
  phase: RotationPhase,
  isPaused: z.boolean(),
  startedAt: z.string(),
  grace: Duration,
  /** From the switch on: the old version is not retired before. */
  graceEndsAt: z.string().nullable(),
  /** When the key was to rotate, for the case that it all is undone. */
  wasDueAt: z.string().nullable(),
})
export type RotationState = z.infer<typeof RotationState>

const RotationObject = RotationState.extend({
  name: z.string(),
  next: z.enum(["test", "switch", "retire"]),
  /** What stands before the next step; empty when it can be done now. */
  waitsFor: z.array(z.string()),
  /** Data keys that the vault knows, wrapped under another version than the new one. */
  dataKeysLeft: z.int(),
  /** Keys that this one wraps or protects, by name: whether that has moved only people know. */
  bearsOn: z.array(z.string()),
})
export type RotationObject = z.infer<typeof RotationObject>

const name = { name: KeyName }
const reason = { reason: z.string().max(1000).optional() }
const pin = { pin: Pin.optional() }

/** What an application calls a data key that it leaves in the vault, wrapped. */
export const DataKeyLabel = z
  .string()
  .min(1)
  .max(200)
  .refine((label) => label.isWellFormed() && !/\p{Cc}/u.test(label), "holds what is no text")

/** Wrapped data keys that the vault knows, so that they move when their key rotates. */
export const dataKeyOperations = {
  "key.register-datakey": {
    input: z.strictObject({ name: KeyName, label: DataKeyLabel, wrapped: Bytes }),
    output: z.object({ keyId: Id, label: z.string(), version: z.int() }),
  },
  "key.datakeys": {
    input: z.strictObject({
      name: KeyName,
      /** The label of the last one that is known already. */
      after: DataKeyLabel.optional(),
      limit: z.int().min(1).max(10_000).default(1000),
    }),
    output: z.object({
      dataKeys: z.array(z.object({ label: z.string(), version: z.int(), wrapped: z.string() })),
      /** Of all of them; `toRewrap`: under another version than the current one. */
      counts: z.object({ all: z.int(), toRewrap: z.int() }),
    }),
  },
  "key.forget-datakey": {
    /** One, or all of the key. */
    input: z.strictObject({ name: KeyName, label: DataKeyLabel.optional(), all: z.boolean().default(false) }),
    output: z.object({ keyId: Id, label: z.string().optional(), forgotten: z.int() }),
  },
} as const satisfies Record<string, Operation>

/** A rotation that can be stopped, looked at and undone between its steps, until the old version is retired. */
export const rotationOperations = {
  "rotation.start": {
    input: z.strictObject({ ...name, ...reason, grace: Duration.default("30d"), ...pin }),
    output: RotationObject,
  },
  "rotation.list": {
    /** `keys`: only of these, by name or id, as far as they rotate by steps. */
    input: z.strictObject({ keys: z.array(KeyName).max(1000).optional() }),
    output: z.object({ rotations: z.array(RotationObject) }),
  },
  "rotation.show": { input: z.strictObject(name), output: RotationObject },
  "rotation.advance": {
    input: z.strictObject({ ...name, confirmed: z.boolean().default(false), ...pin }),
    /** `null` when the old version was retired: then it is over. */
    output: z.object({ done: z.enum(["test", "switch", "retire"]), rotation: RotationObject.nullable() }),
  },
  "rotation.rewrap": {
    input: z.strictObject({ ...name, ...pin }),
    output: z.object({
      rewrapped: z.int(),
      /** Those that do not open, where there are any: how many, and the first hundred of them. */
      left: z
        .object({
          count: z.int(),
          dataKeys: z.array(z.object({ label: z.string(), version: z.int(), why: z.string() })),
        })
        .optional(),
    }),
  },
  /** Rotates what is due, in keyrings whose policy has keys rotate by themselves. */
  "rotation.automatic": {
    input: z.strictObject({}),
    output: z.object({
      rotated: z.array(z.object({ key: z.string(), version: z.int() })),
      notRotated: z.array(z.object({ key: z.string(), why: z.string() })),
    }),
  },
  "rotation.pause": { input: z.strictObject({ ...name, ...reason }), output: RotationObject },
  "rotation.resume": { input: z.strictObject({ ...name, ...reason }), output: RotationObject },
  "rotation.rollback": {
    input: z.strictObject({ ...name, reason: z.string().min(1).max(1000), ...pin }),
    output: z.object({ name: z.string(), currentVersion: z.int(), undone: RotationPhase }),
  },
} as const satisfies Record<string, Operation>

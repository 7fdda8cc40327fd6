import { z } from "zod"
import { BlastItem, IncidentAction } from "./incident.ts"
import { KeyObject } from "./key-object.ts"
import type { Operation } from "./operation.ts"
import { Bytes, Id, KeyName, Reason, Timestamp } from "./values.ts"

/** How others are told that a key is not to be trusted any more. */
export const RevocationFormat = z.enum(["openssh", "openssh-krl", "openpgp", "x509"])
export type RevocationFormat = z.infer<typeof RevocationFormat>

export const keyCompromiseOperations = {
  "key.compromise": {
    input: z.strictObject({
      name: KeyName,
      reason: Reason,
      since: Timestamp.optional(),
      version: z.int().min(1).optional(),
      /** Everything but the key itself: nothing is done to that. */
      rehearse: z.boolean().default(false),
    }),
    output: z.object({
      incident: Id,
      rehearsal: z.boolean(),
      key: KeyObject,
      blastRadius: z.array(BlastItem),
      actions: z.array(IncidentAction),
    }),
  },
  /** Of the versions that are compromised, or of one that is named. */
  "key.revocation": {
    input: z.strictObject({ name: KeyName, version: z.int().min(1).optional(), format: RevocationFormat }),
    output: z.object({
      revocation: Bytes,
      format: RevocationFormat,
      name: z.string(),
      versions: z.array(z.int()),
    }),
  },
} as const satisfies Record<string, Operation>

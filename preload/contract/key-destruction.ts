import { z } from "zod"
import { KeyObject } from "./key-object.ts"
import type { Operation } from "./operation.ts"
import { Algorithm, Duration, Id, KeyName, Pin, Reason } from "./values.ts"

const Backups = z.array(z.object({ path: z.string(), createdAt: z.string() }))

const Version = z.object({ version: z.int(), fingerprint: z.string().nullable(), kcv: z.string().optional() })

/** What was destroyed, how, and where copies are left. */
const DestructionCertificate = z.object({
  keyId: Id,
  name: z.string(),
  algorithm: Algorithm,
  versions: z.array(Version),
  destroyedAt: z.string(),
  reason: z.string(),
  method: z.string(),
  /** The row of the log that says so. */
  audit: z.object({ seq: z.int(), hash: z.string() }),
  /** Made before, and holding it still. */
  backups: Backups,
  vaultId: Id,
})
export type DestructionCertificate = z.infer<typeof DestructionCertificate>

export const SignedCertificate = z.object({
  certificate: DestructionCertificate,
  /** SubjectPublicKeyInfo DER of the vault's Ed25519 audit key, base64. */
  publicKey: z.string(),
  /** Ed25519 (RFC 8032) over the RFC 8785 form of `certificate`, base64. */
  signature: z.string(),
})
export type SignedCertificate = z.infer<typeof SignedCertificate>

/** A destruction that waits, and can be taken back. */
const PendingDestruction = z.object({
  keyId: Id,
  name: z.string(),
  versions: z.array(z.int()),
  destroysAt: z.string(),
  reason: z.string(),
  /** They hold it still. */
  backups: Backups,
})

export const keyDestructionOperations = {
  "key.trim": {
    input: z.strictObject({
      name: KeyName,
      below: z.int().min(2),
      reason: Reason.optional(),
      confirmed: z.boolean(),
      pin: Pin.optional(),
    }),
    output: KeyObject,
  },
  "key.destroy": {
    input: z.strictObject({
      name: KeyName,
      reason: Reason,
      confirmed: z.boolean(),
      version: z.int().optional(),
      pin: Pin.optional(),
    }),
    output: SignedCertificate,
  },
  /** Nothing can be done with it from now on; it is destroyed when the waiting time (`30d`) is over. */
  "key.schedule-destroy": {
    input: z.strictObject({ name: KeyName, version: z.int().optional(), after: Duration.optional(), reason: Reason }),
    output: z.object({ pending: PendingDestruction }),
  },
  "key.cancel-destroy": { input: z.strictObject({ name: KeyName, reason: Reason.optional() }), output: KeyObject },
  /** Of all that was destroyed of a key, the oldest first. */
  "key.certificates": {
    input: z.strictObject({ name: KeyName }),
    output: z.object({ certificates: z.array(SignedCertificate) }),
  },
} as const satisfies Record<string, Operation>

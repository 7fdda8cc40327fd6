import { z } from "zod"
import { KeyObject } from "./key-object.ts"
import type { Operation } from "./operation.ts"
import { Algorithm, Bytes, Duration, Id, KeyName, Pin, Reason } from "./values.ts"

const Backups = z.array(z.object({ path: z.string(), createdAt: z.string() }))

const Version = z.object({ version: z.int(), fingerprint: z.string().nullable(), kcv: z.string().optional() })

/** `waited` is the end of a waiting time that nobody had to be there for. */
const DestructionAct = z.enum(["asked", "destroyed", "waited"])
export type DestructionAct = z.infer<typeof DestructionAct>

/** For programs, which can prove it, or for people. */
export const CertificateFormat = z.enum(["json", "md", "pdf"])
export type CertificateFormat = z.infer<typeof CertificateFormat>

/** What was destroyed, how, and where copies are left. */
const DestructionCertificate = z.object({
  keyId: Id,
  name: z.string(),
  algorithm: Algorithm,
  versions: z.array(Version),
  destroyedAt: z.string(),
  reason: z.string(),
  method: z.string(),
  /** Who asked for it and who did it, as the log has them: a destruction that waited has both. */
  acts: z.array(z.object({ act: DestructionAct, actor: z.string(), at: z.string(), seq: z.int() })),
  /** By others than who did it. While nobody can give one, what needs one is refused, and this is empty. */
  approvals: z.array(z.object({ actor: z.string(), at: z.string() })),
  /** The row of the log that says so. */
  audit: z.object({ seq: z.int(), hash: z.string() }),
  /** Made before, and holding it still. */
  backups: Backups,
  /** What left the vault of it, wrapped, encrypted or in the clear, as the log has it: nobody knows whether that is still about. */
  exports: z.array(z.object({ at: z.string(), actor: z.string(), format: z.string(), protection: z.string() })),
  /** Made before, and destroyed with all copies, as a person says. */
  destroyedBackups: z.array(
    z.object({ path: z.string(), createdAt: z.string(), destroyedAt: z.string(), reason: z.string() }),
  ),
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

/** Though something needs it: a second person has to approve that. */
const override = { override: z.boolean().optional() }

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
      ...override,
      pin: Pin.optional(),
    }),
    output: SignedCertificate,
  },
  /** Nothing can be done with it from now on; it is destroyed when the waiting time (`30d`) is over. */
  "key.schedule-destroy": {
    input: z.strictObject({
      name: KeyName,
      version: z.int().optional(),
      after: Duration.optional(),
      reason: Reason,
      ...override,
    }),
    output: z.object({ pending: PendingDestruction }),
  },
  "key.cancel-destroy": { input: z.strictObject({ name: KeyName, reason: Reason.optional() }), output: KeyObject },
  /** The newest certificate of a key, or that of a version, as a document; that it was made is logged. */
  "key.certificate": {
    input: z.strictObject({ name: KeyName, version: z.int().min(1).optional(), format: CertificateFormat }),
    output: z.object({ certificate: Bytes, format: CertificateFormat, name: z.string(), versions: z.array(z.int()) }),
  },
  /** Of all that was destroyed of a key, the oldest first. */
  "key.certificates": {
    input: z.strictObject({ name: KeyName }),
    output: z.object({ certificates: z.array(SignedCertificate) }),
  },
} as const satisfies Record<string, Operation>

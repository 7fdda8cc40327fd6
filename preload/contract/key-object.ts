import { z } from "zod"
import { Algorithm, Exportable, Id, KeyState, Origin, Purpose, RelationKind, Usage } from "./values.ts"

const Fingerprints = z.object({ spki: z.string(), openssh: z.string().optional(), openpgp: z.string().optional() })

export const KeyVersionObject = z.object({
  version: z.int(),
  state: KeyState,
  createdAt: z.string(),
  fingerprint: z.string().nullable(),
  kcv: z.string().optional(),
  location: z.string(),
  decryptOnlyUntil: z.string().optional(),
  destroyedAt: z.string().optional(),
  /** While it is `pending-destruction`. */
  destroysAt: z.string().optional(),
})

/** X.509, kept with a version. What it says of itself; nothing here says that it is valid, or that anybody should trust it. */
const KeyCertificate = z.object({
  version: z.int(),
  /** RFC 4514; what can't be read is left out. */
  subject: z.string().optional(),
  issuer: z.string().optional(),
  /** hexadecimal */
  serial: z.string().optional(),
  notBefore: z.string().optional(),
  notAfter: z.string().optional(),
  isSelfSigned: z.boolean().optional(),
  /** SHA-256 of the DER, hexadecimal */
  fingerprint: z.string(),
})
export type KeyCertificate = z.infer<typeof KeyCertificate>

const KeyFinding = z.object({
  rule: z.string(),
  severity: z.string(),
  message: z.string(),
  /** What to do about it, where the program knows. */
  fix: z.string().optional(),
})
export type KeyFinding = z.infer<typeof KeyFinding>

/** The key object of cli.md: everything about a key but its material. */
export const KeyObject = z.object({
  id: Id,
  name: z.string(),
  algorithm: Algorithm,
  purpose: Purpose,
  usages: z.array(Usage),
  keyring: z.string(),
  state: KeyState,
  exportable: Exportable,
  origin: Origin,
  location: z.string(),
  owner: z.string().nullable(),
  environment: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.string(),
  activatesAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  rotateEvery: z.string().nullable(),
  nextRotationAt: z.string().nullable(),
  /** How long what it protects must stay secret, or its signatures be believed; `null`: as its policy says. */
  protectFor: z.string().nullable(),
  currentVersion: z.int(),
  /** When the first of its versions that wait for it is destroyed, unless that is taken back. */
  destroysAt: z.string().optional(),
  fingerprint: z.string().nullable(),
  fingerprints: Fingerprints.nullable(),
  versions: z.array(KeyVersionObject),
  relations: z.array(z.object({ kind: RelationKind, direction: z.enum(["to", "from"]), key: z.string() })).optional(),
  /** Of a key that is shown by itself, where there are any. */
  certificates: z.array(KeyCertificate).optional(),
  findings: z.array(KeyFinding),
})
export type KeyObject = z.infer<typeof KeyObject>

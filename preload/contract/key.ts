import { z } from "zod"
import { keyCompromiseOperations } from "./key-compromise.ts"
import { keyDestructionOperations } from "./key-destruction.ts"
import { keyImportOperations } from "./key-import.ts"
import { newKeyMetadata } from "./key-metadata.ts"
import { KeyObject } from "./key-object.ts"
import { keyUseOperations } from "./key-use.ts"
import { NewKeyName, NewRemark, NewTags, Tag } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { dataKeyOperations } from "./rotation.ts"
import {
  AgeRecipients,
  Algorithm,
  Bytes,
  Duration,
  Exportable,
  KeyAlgorithm,
  KeyFormat,
  KeyName,
  KeyState,
  Mechanism,
  Passphrase,
  Pin,
  Purpose,
  Reason,
  RelationKind,
  Timestamp,
  TokenUriText,
  Usage,
} from "./values.ts"

/** What the inventory can be put in order by; `created` is the order in which keys were made. */
const KeyOrder = z.enum(["name", "algorithm", "purpose", "keyring", "state", "created", "next-rotation"])
export type KeyOrder = z.infer<typeof KeyOrder>

export const keyOperations = {
  ...keyUseOperations,
  ...dataKeyOperations,
  ...keyImportOperations,
  ...keyDestructionOperations,
  ...keyCompromiseOperations,
  "key.generate": {
    input: z.strictObject({
      name: NewKeyName,
      algorithm: KeyAlgorithm,
      purpose: Purpose.optional(),
      /** Made in this token, and staying there. */
      token: TokenUriText.optional(),
      pin: Pin.optional(),
      ...newKeyMetadata,
    }),
    output: KeyObject,
  },
  "key.list": {
    input: z.strictObject({
      state: KeyState.optional(),
      keyring: KeyName.optional(),
      algorithm: Algorithm.optional(),
      purpose: Purpose.optional(),
      due: z.boolean().optional(),
      /** Since it was made; of both, what is as old as the one and not yet as the other. */
      olderThan: Duration.optional(),
      youngerThan: Duration.optional(),
      query: z.string().max(1000).optional(),
      order: KeyOrder.default("name"),
      descending: z.boolean().default(false),
      limit: z.int().min(1).max(100_000).default(100),
      cursor: z.string().max(2000).optional(),
    }),
    output: z.object({ keys: z.array(KeyObject), next: z.string().optional() }),
  },
  "key.show": { input: z.strictObject({ name: KeyName }), output: KeyObject },
  "key.set": {
    input: z.strictObject({
      name: KeyName,
      rename: NewKeyName.optional(),
      keyring: KeyName.optional(),
      owner: NewRemark.nullable().optional(),
      environment: NewRemark.nullable().optional(),
      addTags: NewTags.default([]),
      removeTags: z.array(Tag).max(100).default([]),
      exportable: Exportable.optional(),
      usages: z.array(Usage).nonempty().optional(),
      rotateEvery: Duration.nullable().optional(),
      protectFor: Duration.nullable().optional(),
      /** In the past, it ends the key's work for good: only when that is confirmed. */
      expires: Timestamp.nullable().optional(),
      notBefore: Timestamp.optional(),
      confirmed: z.boolean().default(false),
    }),
    output: KeyObject,
  },
  "key.relate": {
    input: z.strictObject({ name: KeyName, kind: RelationKind, other: KeyName, remove: z.boolean().optional() }),
    output: KeyObject,
  },
  "key.rotate": {
    input: z.strictObject({
      name: KeyName,
      reason: Reason.optional(),
      grace: Duration.optional(),
      /** Of the token that the key is in. */
      pin: Pin.optional(),
      /** The new version, where it is not to be made here. */
      material: z
        .strictObject({
          file: Bytes,
          format: z.union([z.literal("auto"), KeyFormat]).default("auto"),
          passphrase: Passphrase.optional(),
        })
        .optional(),
    }),
    output: KeyObject.extend({
      /** Of a version that was brought along: what a person should know, without secrets. */
      warnings: z.array(z.string()).optional(),
    }),
  },
  "key.suspend": {
    input: z.strictObject({ name: KeyName, version: z.int().optional(), reason: Reason }),
    output: KeyObject,
  },
  "key.resume": {
    input: z.strictObject({ name: KeyName, version: z.int().optional(), reason: Reason }),
    output: KeyObject,
  },
  "key.deactivate": {
    input: z.strictObject({ name: KeyName, version: z.int().optional(), reason: Reason }),
    output: KeyObject,
  },
  "key.export": {
    input: z.strictObject({
      name: KeyName,
      version: z.int().optional(),
      format: KeyFormat,
      protection: z.union([
        z.strictObject({ kind: z.literal("public") }),
        z.strictObject({ kind: z.literal("encrypted"), passphrase: Passphrase }),
        /** The file in that format, inside an age file for these. */
        z.strictObject({ kind: z.literal("recipients"), recipients: AgeRecipients }),
        z.strictObject({ kind: z.literal("wrapped"), publicKey: Bytes, mechanism: Mechanism.optional() }),
        z.strictObject({ kind: z.literal("plaintext"), passphrase: Passphrase, confirmed: z.boolean() }),
      ]),
    }),
    /** `exported` carries key material: the operation whose job that is. */
    output: z.object({
      exported: Bytes,
      format: KeyFormat,
      name: z.string(),
      version: z.int(),
      /** Names of the keys that left in the same file: subkeys of an OpenPGP key. */
      subkeys: z.array(z.string()).optional(),
      /** Which subkeys did not, and why. */
      warnings: z.array(z.string()).optional(),
    }),
  },
} as const satisfies Record<string, Operation>

import { z } from "zod"
import { FailureCodeText } from "./failure-code.ts"
import { newKeyMetadata } from "./key-metadata.ts"
import { KeyObject } from "./key-object.ts"
import { NewKeyName } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { Algorithm, Bytes, KeyAlgorithm, KeyFormat, KeyName, Mechanism, Passphrase, Pin, Purpose } from "./values.ts"

const Refused = z.object({ code: FailureCodeText, detail: z.string() })

/** A file of keys, and how to read it. */
const keyFile = {
  file: Bytes,
  format: z.union([z.literal("auto"), KeyFormat]).default("auto"),
  filePassphrase: Passphrase.optional(),
  algorithm: KeyAlgorithm.optional(),
}

export const keyImportOperations = {
  "key.import": {
    input: z.strictObject({
      name: NewKeyName,
      ...keyFile,
      purpose: Purpose.optional(),
      /** A key of the vault that the file is wrapped under, as `key.wrap` and the cloud key services wrap. */
      wrappedBy: z
        .strictObject({ name: KeyName, version: z.int().min(1).optional(), mechanism: Mechanism.optional() })
        .optional(),
      /** Of the token that the wrapping key is in. */
      pin: Pin.optional(),
      ...newKeyMetadata,
    }),
    output: z.object({
      format: z.string(),
      warnings: z.array(z.string()),
      /** One for each key in the file, in its order. Only a file of several has any that could not be taken. */
      keys: z.array(
        z.union([
          z.object({ ok: z.literal(true), key: KeyObject }),
          z.object({ ok: z.literal(false), comment: z.string().nullable(), error: Refused }),
        ]),
      ),
    }),
  },
  /** What `key.import` would take from a file, of which nothing is taken. */
  "key.inspect": {
    input: z.strictObject(keyFile),
    output: z.object({
      format: z.string(),
      warnings: z.array(z.string()),
      keys: z.array(
        z.union([
          z.object({
            ok: z.literal(true),
            comment: z.string().nullable(),
            algorithm: Algorithm,
            purpose: Purpose,
            /** `SHA256:…` of the public key; `null` for a key that has none. */
            fingerprint: z.string().nullable(),
            warnings: z.array(z.string()),
          }),
          z.object({ ok: z.literal(false), comment: z.string().nullable(), error: Refused }),
        ]),
      ),
    }),
  },
} as const satisfies Record<string, Operation>

import { z } from "zod"
import { Duration, Exportable, KeyName, Remark, Timestamp, Usage } from "./values.ts"

const Tag = z
  .string()
  .min(1)
  .max(100)
  .refine((tag) => tag.isWellFormed() && !tag.includes("\0"), "is not well-formed text")
export const Tags = z.array(Tag).max(100)

/** What may be said of a key when it is made. */
export const newKeyMetadata = {
  keyring: KeyName.optional(),
  owner: Remark.optional(),
  environment: Remark.optional(),
  tags: Tags.default([]),
  /** Without it `never`; of a `secret`, which has no other use than to be read, `yes`. */
  exportable: Exportable.optional(),
  usages: z.array(Usage).nonempty().optional(),
  rotateEvery: Duration.optional(),
  notBefore: Timestamp.optional(),
  expires: Timestamp.optional(),
}

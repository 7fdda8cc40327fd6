import { z } from "zod"
import { NewRemark, NewTags } from "./new-names.ts"
import { Duration, Exportable, KeyName, Timestamp, Usage } from "./values.ts"

/** What may be said of a key when it is made. */
export const newKeyMetadata = {
  keyring: KeyName.optional(),
  owner: NewRemark.optional(),
  environment: NewRemark.optional(),
  tags: NewTags.default([]),
  /** Without it `never`; of a `secret`, which has no other use than to be read, `yes`. */
  exportable: Exportable.optional(),
  usages: z.array(Usage).nonempty().optional(),
  rotateEvery: Duration.optional(),
  /** How long what it protects must stay secret, or its signatures be believed. */
  protectFor: Duration.optional(),
  notBefore: Timestamp.optional(),
  expires: Timestamp.optional(),
}

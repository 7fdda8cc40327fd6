import { z } from "zod"
import { Id } from "./values.ts"

/** What may be shown of a keyslot. */
export const KeyslotSummary = z.object({
  id: Id,
  kind: z.string(),
  label: z.string().optional(),
  kdf: z
    .object({
      name: z.string(),
      memoryKiB: z.number().optional(),
      passes: z.number().optional(),
      lanes: z.number().optional(),
    })
    .optional(),
  scheme: z.object({ threshold: z.number(), count: z.number() }).optional(),
  /** The PKCS#11 URI of the key in a token that opens it. */
  token: z.string().optional(),
})
export type KeyslotSummary = z.infer<typeof KeyslotSummary>

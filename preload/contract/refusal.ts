import { z } from "zod"
import { FailureCodeText } from "./failure-code.ts"

/** A try to unlock that failed, and why. */
export const Refusal = z.object({
  path: z.string(),
  failure: z.object({
    code: FailureCodeText,
    detail: z.string().exactOptional(),
    reference: z.string().exactOptional(),
  }),
})
export type Refusal = z.infer<typeof Refusal>

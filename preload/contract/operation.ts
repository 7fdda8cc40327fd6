import type { z } from "zod"

/** One thing that can be asked of Claviger: what must be said, and what may come back. */
export interface Operation {
  readonly input: z.ZodType
  readonly output: z.ZodType
}

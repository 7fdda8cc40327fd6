import { z } from "zod"
import { Protection } from "./vault-info.ts"

/** What runs, which file it was loaded from and whether others than root could replace it, and what protects its secrets. */
export const AboutProgram = z.object({
  version: z.string(),
  runtime: z.array(z.object({ name: z.string(), version: z.string() })),
  memory: Protection,
  program: z.object({ path: z.string(), sha256: z.string(), isReplaceable: z.boolean() }),
})

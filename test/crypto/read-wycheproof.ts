import { readFileSync } from "node:fs"
import { z } from "zod"

/** Bytes, written as hex. */
export const hexBytes = z.string().transform((hex) => new Uint8Array(Buffer.from(hex, "hex")))

const commonToAll = { tcId: z.number(), comment: z.string(), result: z.enum(["valid", "invalid"]) }

/** The cases of one file of `test/vectors/wycheproof/`, each with its group's sizes (in bits, as there). */
export function readWycheproof<Case extends z.ZodRawShape, Group extends z.ZodRawShape>(
  name: string,
  caseShape: Case,
  groupShape: Group,
) {
  const group = z.object({ ...groupShape, tests: z.array(z.object({ ...commonToAll, ...caseShape })) })
  const file = readFileSync(new URL(`../vectors/wycheproof/${name}.json`, import.meta.url), "utf8")
  return z.object({ testGroups: z.array(group) }).parse(JSON.parse(file)).testGroups
}

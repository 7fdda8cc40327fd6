import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { z } from "zod"
import { PolicyFile } from "../../preload/contract/policy-file.ts"

const published = join(import.meta.dirname, "../../docs/policy.schema.json")

test("the schema of policy files that is published is the one that they are read by", () => {
  const schema = z.toJSONSchema(PolicyFile, { io: "input" })
  expect(JSON.parse(readFileSync(published, "utf8"))).toEqual({ title: "A policy of a Claviger keyring", ...schema })
})

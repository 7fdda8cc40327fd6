import { cpSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { z } from "zod"
import { ClavigerHome } from "../support/run-claviger.ts"

const vectors = (name: string) => fileURLToPath(new URL(`../vectors/vaults/${name}`, import.meta.url))
const golden = z.object({ passphrase: z.string() }).parse(JSON.parse(readFileSync(vectors("v1-expected.json"), "utf8")))

test("a vault of an earlier version is brought up to this one, and nobody reads of a crash", async () => {
  using home = new ClavigerHome()
  cpSync(vectors("v1.claviger"), home.vault, { recursive: true })
  home.write("golden", `${golden.passphrase}\n`)
  const { stderr } = await home.run("key list --passphrase-file golden")
  expect(stderr).toContain("the vault was brought up to this version of Claviger")
  expect(stderr).not.toContain("crash")
})

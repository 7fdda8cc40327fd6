import { cpSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { z } from "zod"
import { TestVault, temporaryFolder, utf8 } from "../support/vaults.ts"

const vectors = (name: string) => fileURLToPath(new URL(`../vectors/vaults/${name}`, import.meta.url))
const golden = z.object({ passphrase: z.string() }).parse(JSON.parse(readFileSync(vectors("v1-expected.json"), "utf8")))

test("what a version encrypted before the log counted is counted too", async () => {
  using vault = new TestVault(temporaryFolder())
  cpSync(vectors("v1.claviger"), vault.path, { recursive: true })
  await vault.unlock(golden.passphrase)
  const { keys } = await vault.ask("key.list", { state: "active", purpose: "encryption", algorithm: "aes-128" })
  const name = keys[0]?.name ?? ""
  const before = await vault.ask("audit.list", { key: name, action: "key.encrypt" })
  expect(before.rows.map(({ detail }) => detail["seals"])).toEqual([undefined])
  await vault.ask("key.encrypt", { name, plaintext: utf8("x") })
  const after = await vault.ask("audit.list", { key: name, action: "key.encrypt", newest: true })
  expect(after.rows[0]?.detail["seals"]).toBe(2)
})

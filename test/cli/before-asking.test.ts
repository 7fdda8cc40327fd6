import { mkdirSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { readCommandLine } from "../../main/cli/command-line.ts"
import { spellForTerminal } from "../../main/cli/spelling.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import { contextWith, person } from "../support/contexts.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

/** What a command does in a vault without keys, at a terminal where nobody answers. */
async function run(line: string, vaultPath = "/nowhere/keys.claviger"): Promise<readonly string[]> {
  const invocation = readCommandLine(line.split(" "))
  if (invocation.kind !== "command") throw new Error(`no command: ${line}`)
  const { find, asked } = person()
  const handlers = {
    "key.show": () => {
      throw new VaultError("NOT_FOUND")
    },
    "vault.slot.list": () => ({ keyslots: [] }),
  }
  const work = invocation.command.prepare(invocation.given, spellForTerminal)
  try {
    await work(contextWith({ handlers, findPrompter: find, vaultPath }))
  } catch (error) {
    if (error instanceof VaultError) return [error.code, ...asked]
    throw error
  }
  return asked
}

test.for([
  "key destroy nobody --now --reason r",
  "key trim nobody --below 2",
  "key set nobody --expires 2001-01-01",
  "seed reveal nobody",
  "seed destroy nobody --now --reason r",
  "key export nobody --format raw --plaintext --out f",
  "vault slot remove 01890a5d-ac96-774b-bcce-b302099a8057",
])("nobody is asked to confirm `%s` when there is no such thing", async (line) => {
  expect(await run(line)).toEqual(["NOT_FOUND"])
})

test("nobody is asked for the first passphrase of a vault that is there", async () => {
  using folder = temporaryFolder()
  mkdirSync(folder.file("keys.claviger"))
  writeFileSync(folder.file("keys.claviger/vault.json"), "")
  expect(await run("vault create", folder.file("keys.claviger"))).toEqual(["ALREADY_EXISTS"])
})

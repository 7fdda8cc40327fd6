import { expect, test } from "vitest"
import { commandTable } from "../../main/cli/command-table.ts"
import { contract } from "../../preload/contract/index.ts"
import { loadOperation } from "../../preload/contract/load-operation.ts"

/** Every command unlocks by itself; `audit verify FILE` is the word for an export too, and `key destroy` for one that waits. */
const withoutCommand = ["vault.unlock", "audit.verify-export", "key.schedule-destroy", "seed.schedule-destroy"]

/** `batch` asks for the others; and a key is made in a token by what makes one in the vault. */
const withoutOperation = ["batch", "token.generate"]

test("every operation has its command, under its own name", () => {
  const commands = new Set(commandTable.map(({ path }) => path.join(".")))
  const operations = Object.keys(contract).filter((name) => !withoutCommand.includes(name))
  expect(commands).toEqual(new Set([...operations, ...withoutOperation]))
})

test.for(Object.keys(contract))("the schemas of %s are found by its name", async (name) => {
  expect(await loadOperation(name)).toBe(Object.entries(contract).find(([one]) => one === name)?.[1])
})

test("inputs refuse what they don't name", async () => {
  const lenient = Object.entries(contract).filter(([, { input }]) => {
    const checked = input.safeParse({ aFieldNobodyKnows: 1 })
    return checked.success || !JSON.stringify(checked.error.issues).includes("unrecognized_keys")
  })
  expect(lenient.map(([name]) => name)).toEqual([])
})

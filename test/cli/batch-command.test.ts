import { expect, test } from "vitest"
import { readBatchCommand } from "../../main/cli/batch-command.ts"
import { BatchContext } from "../../main/cli/batch-context.ts"
import type { Context } from "../../main/cli/context.ts"
import { takeGlobalOptions } from "../../main/cli/global-options.ts"
import { contextWith } from "../support/contexts.ts"
import { vaultErrorOf } from "../support/vault-error-of.ts"

const read = (text: string) => readBatchCommand({ number: 1, text })

/** What is refused once the command looks at what it was given. */
function refusal(args: string): unknown {
  const { command, given } = read(`{"cmd":["key","list"],"args":${args}}`)
  return vaultErrorOf(() => command.prepare(given, (name) => name)).detail
}

test("a field that is not known is named, however it is spelled", () => {
  expect(refusal('{"rotateEvry":1}')).toBe("rotateEvry: is not known here")
  expect(refusal('{"rotate-every":"1d"}')).toBe("rotate-every: is not known here")
})

test("no field is overlooked", () => {
  expect(refusal('{"__proto__":{"due":true}}')).toBe("args: is not known here")
})

test.for([
  [undefined, false, false],
  [undefined, true, true],
  [true, false, true],
  [false, true, false],
] as const)("a line that says yes: %s in a batch with --yes %s is confirmed: %s", async ([line, batch, expected]) => {
  const understood = read(JSON.stringify({ cmd: ["key", "list"], args: { yes: line } }))
  const options = takeGlobalOptions({ yes: batch })
  const context: Context = new BatchContext(contextWith({}), () => Promise.resolve(), options, understood)
  expect(await context.confirm("Sure?", "yes")).toBe(expected)
})

import { expect, test } from "vitest"
import { readBatchCommand } from "../../main/cli/batch-command.ts"
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

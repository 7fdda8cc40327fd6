import { expect, test } from "vitest"
import { readCommandLine } from "../../main/cli/command-line.ts"
import { commandTable } from "../../main/cli/command-table.ts"
import { helpFor } from "../../main/cli/help.ts"
import { spellForTerminal } from "../../main/cli/spelling.ts"

const onTerminal = commandTable.filter(({ isOnlyInBatch }) => !isOnlyInBatch)

test("the help lists every command", () => {
  const help = helpFor([]) ?? ""
  expect(
    commandTable.filter(({ path, summary }) => !help.includes(`  ${path.join(" ").padEnd(20)}  ${summary}`)),
  ).toEqual([])
})

test.for(commandTable.map((command) => [command.path.join(" "), command] as const))(
  "the help for %s tells every field and an example",
  ([name, { path, fields, example }]) => {
    const help = helpFor(path) ?? ""
    expect(help).toContain(`claviger ${name}`)
    expect(help).toContain(`\n  claviger ${example}`)
    const untold = Object.entries(fields).filter(
      ([field, declared]) => !help.includes(spellForTerminal(field, declared)),
    )
    expect(untold).toEqual([])
  },
)

test.for(onTerminal.map((command) => [command.example, command] as const))(
  "the example works: %s",
  ([example, command]) => {
    const words = [...example.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "")
    const invocation = readCommandLine(words)
    if (invocation.kind !== "command") throw new Error("the example asks for help")
    expect(invocation.command).toBe(command)
    expect(command.prepare(invocation.given, spellForTerminal)).toBeTypeOf("function")
  },
)

test("the help for a noun lists its verbs only", () => {
  const help = helpFor(["keyring"]) ?? ""
  expect(help).toContain("keyring rotate")
  expect(help).not.toContain("key generate")
})

test.for([
  ["help", "key", "sign"],
  ["key", "sign", "--help"],
  ["-h", "key", "sign"],
])("%s %s %s explains it", (...[words]) => {
  expect(readCommandLine(words)).toEqual({ kind: "help", text: helpFor(["key", "sign"]), isJson: false })
})

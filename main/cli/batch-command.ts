import { VaultError } from "../domain/vault-error.ts"
import type { BatchLine } from "./batch-lines.ts"
import type { Command } from "./command.ts"
import { commandTable } from "./command-table.ts"
import { type ArgsOf, type Field, flag, path, takeFields } from "./field.ts"

/** What every line may say in its `args` beside the command's own. */
const lineFields = {
  vault: path("DIR", "another vault than the batch's, for commands that make one or ask about one"),
  passphraseFile: path("FILE", "the passphrase, for commands that ask for it again"),
  yes: { ...flag("confirm what can't be undone"), absent: undefined } satisfies Field<boolean | undefined>,
}

/** One line of a batch, understood. */
export interface BatchCommand {
  readonly command: Command
  readonly given: Readonly<Record<string, unknown>>
  readonly options: ArgsOf<typeof lineFields>
}

const commands = new Map(commandTable.map((command) => [command.path.join(" "), command]))

/** Reads `{"cmd": ["key", "generate"], "args": {…}}`. @throws `INVALID_INPUT` naming the line, `USAGE` */
export function readBatchCommand({ number, text: line }: BatchLine): BatchCommand {
  const { cmd, args = {}, ...more } = objectOf(parsed(line, number), `line ${number}`)
  if (Object.keys(more).length > 0) {
    throw new VaultError("INVALID_INPUT", `line ${number}: holds more than cmd and args`)
  }
  const command = commandNamed(cmd, number)
  const members = Object.entries(objectOf(args, `line ${number}: args`))
  const isOfLine = ([name]: [string, unknown]): boolean => Object.hasOwn(lineFields, name)
  const options = Object.fromEntries(members.filter(isOfLine))
  const others = members.filter((member) => !isOfLine(member))
  const given = Object.fromEntries(others.map(([name, value]) => [fieldNamed(command, name), value]))
  return { command, given, options: takeFields(lineFields, options, (name) => name) }
}

function commandNamed(cmd: unknown, number: number): Command {
  if (!Array.isArray(cmd) || !cmd.every((word) => typeof word === "string")) {
    throw new VaultError("INVALID_INPUT", `line ${number}: cmd is not an array of words`)
  }
  const command = commands.get(cmd.join(" "))
  if (command === undefined) throw new VaultError("USAGE", `line ${number}: there is no command of that name`)
  return command
}

/** The other spelling that a field has on the terminal holds here too. */
function fieldNamed({ fields }: Command, name: string): string {
  if (Object.hasOwn(fields, name)) return name
  return Object.entries(fields).find(([, { alias }]) => alias === name)?.[0] ?? name
}

function parsed(text: string | null, number: number): unknown {
  if (text === null) throw new VaultError("INVALID_INPUT", `line ${number}: is longer than 2 MiB, or is not UTF-8`)
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message repeats what it read.
    throw new VaultError("INVALID_INPUT", `line ${number}: is not JSON`)
  }
}

function objectOf(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value }
  throw new VaultError("INVALID_INPUT", `${place}: is not an object`)
}

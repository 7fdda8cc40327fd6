import { VaultError } from "../domain/vault-error.ts"
import type { Command } from "./command.ts"
import { commandTable } from "./command-table.ts"
import type { Fields } from "./field.ts"
import { type GlobalOptions, globalFields, takeGlobalOptions } from "./global-options.ts"
import { helpFor } from "./help.ts"
import { looksLikeOption, OptionReader } from "./option-reader.ts"

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: "help"; readonly text: string; readonly isJson: boolean }
  | { readonly kind: "version"; readonly isJson: boolean }
  | {
      readonly kind: "command"
      readonly command: Command
      readonly given: Readonly<Record<string, unknown>>
      readonly options: GlobalOptions
    }

interface Line {
  readonly words: readonly string[]
  readonly command: Command | undefined
  readonly given: Readonly<Record<string, unknown>>
  readonly options: GlobalOptions
  /** What is asked for instead of a command. */
  readonly wants: "help" | "version" | null
}

/** Node.js puts it in the place of bytes that are not UTF-8: a name or a path would silently be another one. */
const replacementCharacter = "\ufffd"

/**
 * Reads `claviger NOUN VERB [ARGUMENT…] [--option value]`. Global options may stand anywhere, and after `--` nothing
 * is an option any more. (Our own hundred lines: commander took longer to load than most commands to run.)
 * @throws `USAGE`, `INVALID_INPUT` with what is off; never with a value that was given
 */
export function readCommandLine(argv: readonly string[]): Invocation {
  if (argv.some((token) => token.includes(replacementCharacter))) {
    throw new VaultError("INVALID_INPUT", "an argument is not UTF-8, or holds U+FFFD, which stands for what is not")
  }
  const { words, command, given, options, wants } = split(argv)
  if (wants === "version") return { kind: "version", isJson: options.json }
  if (wants === "help" || words[0] === "help") {
    const asked = words[0] === "help" ? words.slice(1) : (command?.path ?? words)
    const text = helpFor(asked)
    if (text === null) throw noSuchCommand()
    return { kind: "help", text, isJson: options.json }
  }
  if (command === undefined) throw incomplete(words)
  const values = words.slice(command.path.length)
  return { kind: "command", command, given: { ...given, ...byName(command.fields, values) }, options }
}

function split(argv: readonly string[]): Line {
  const globals = new OptionReader(globalFields)
  let own = new OptionReader({})
  let command: Command | undefined
  const words: string[] = []
  let wants: Line["wants"] = null
  let isOption = looksLikeOption
  const tokens = argv.values()
  for (const token of tokens) {
    if (!isOption(token)) {
      words.push(token)
      // A longer one may come: `token modules` is a command, and `token modules add` is another.
      const found = commandTable.find((one) => !one.isOnlyInBatch && isSame(one.path, words))
      if (found === undefined) continue
      command = found
      own = new OptionReader(command.fields)
    } else if (token === "--") isOption = () => false
    else if (token === "--help" || token === "-h") wants = "help"
    else if (words.length === 0 && (token === "--version" || token === "-V")) wants = "version"
    else if (!own.take(token, tokens) && !globals.take(token, tokens)) {
      throw command === undefined && verbsOf(words).length === 0 ? noSuchCommand() : unknownOption(token)
    }
  }
  return { words, command, given: own.given, options: takeGlobalOptions(globals.given), wants }
}

/** The arguments in the order in which the command declares them. */
function byName(fields: Fields, values: readonly string[]): Record<string, string> {
  const names = Object.keys(fields).filter((name) => fields[name]?.place === "argument")
  if (values.length > names.length) throw new VaultError("USAGE", "there are too many arguments")
  return Object.fromEntries(values.map((value, index) => [names[index], value]))
}

function unknownOption(token: string): VaultError {
  // Only what looks like an option is repeated: anything else could be a secret in the wrong place.
  const [option] = /^--[a-z][a-z-]{1,30}(?==|$)/.exec(token) ?? []
  return new VaultError("USAGE", `${option ?? "an option"} is not known here`)
}

function noSuchCommand(): VaultError {
  return new VaultError("USAGE", "there is no command of that name")
}

function incomplete(words: readonly string[]): VaultError {
  if (words.length === 0) return new VaultError("USAGE", "a command is missing")
  const verbs = verbsOf(words)
  if (verbs.length === 0) return noSuchCommand()
  return new VaultError("USAGE", `${words.join(" ")} needs a verb: ${verbs.join(", ")}`)
}

/** What may follow the first words of a command. */
function verbsOf(words: readonly string[]): string[] {
  const longer = commandTable.filter(({ path, isOnlyInBatch }) => {
    return !isOnlyInBatch && path.length > words.length && isSame(path.slice(0, words.length), words)
  })
  return [...new Set(longer.map(({ path }) => path[words.length] ?? ""))]
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index])
}

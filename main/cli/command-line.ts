import { CommanderError, Command as Program } from "commander"
import { VaultError } from "../domain/vault-error.ts"
import type { Command } from "./command.ts"
import { commandTable, nouns } from "./command-table.ts"
import type { Field, Fields } from "./field.ts"
import { type GlobalOptions, globalFields, takeGlobalOptions } from "./global-options.ts"
import { helpFor } from "./help.ts"
import { kebabCase } from "./spelling.ts"

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: "help"; readonly text: string; readonly isJson: boolean }
  | {
      readonly kind: "command"
      readonly command: Command
      readonly given: Readonly<Record<string, unknown>>
      readonly options: GlobalOptions
    }

const helpAsked = "claviger.helpAsked"

/** @throws `USAGE` with what is off; never with a value that was given */
export function readCommandLine(argv: readonly string[]): Invocation {
  let invocation: Invocation | undefined
  const program = programFor((found) => {
    invocation = found
  })
  try {
    program.parse(argv, { from: "user" })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code !== helpAsked) throw inOurWords(error, argv)
  }
  if (invocation === undefined) throw new VaultError("USAGE")
  return invocation
}

function programFor(found: (invocation: Invocation) => void): Program {
  const program = prepared(new Program("claviger"), [], found)
  addHelp(program, found)
  for (const command of commandTable) {
    if (!command.isOnlyInBatch) addCommand(nounOf(program, command.path.slice(0, -1), found), command, found)
  }
  return program
}

/** The branch that a command hangs on, made when it is not there yet. */
function nounOf(program: Program, path: readonly string[], found: (invocation: Invocation) => void): Program {
  let branch = program
  for (const [depth, noun] of path.entries()) {
    const known = branch.commands.find((child) => child.name() === noun)
    branch = known ?? prepared(branch.command(noun), path.slice(0, depth + 1), found)
  }
  return branch
}

function addCommand(branch: Program, command: Command, found: (invocation: Invocation) => void): void {
  const leaf = prepared(branch.command(command.path.at(-1) ?? ""), command.path, found)
  const positions = Object.entries(command.fields).filter(([, field]) => field.place === "argument")
  for (const [, field] of positions) leaf.argument(`[${field.placeholder}]`)
  addOptions(leaf, command.fields)
  leaf.action(() => {
    const given = givenTo(leaf, command.fields)
    for (const [index, [name]] of positions.entries()) given[name] = leaf.args[index]
    found({ kind: "command", command, given, options: takeGlobalOptions(globalsOf(leaf)) })
  })
}

function addHelp(program: Program, found: (invocation: Invocation) => void): void {
  const help = prepared(program.command("help"), [], found).argument("[NOUN...]")
  help.action(() => {
    const text = helpFor(help.args)
    if (text === null) throw new VaultError("USAGE", "there is no command of that name")
    found({ kind: "help", text, isJson: globalsOf(help)["json"] === true })
  })
}

/** Errors are thrown, the help is ours, and global options may stand at every place of the line. */
function prepared(program: Program, path: readonly string[], found: (invocation: Invocation) => void): Program {
  program.exitOverride().helpCommand(false).enablePositionalOptions().helpOption(false)
  program.configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
  addOptions(program, globalFields)
  program.option("-h, --help")
  program.on("option:help", () => {
    found({ kind: "help", text: helpFor(path) ?? "", isJson: globalsOf(program)["json"] === true })
    throw new CommanderError(0, helpAsked, "")
  })
  return program
}

function addOptions(program: Program, fields: Fields): void {
  for (const [name, field] of Object.entries(fields)) {
    if (field.place === "argument") continue
    const flags = `${field.alias === undefined ? "" : `--${field.alias}, `}--${kebabCase(name)}`
    if (field.isRepeated) program.option(`${flags} <value>`, "", collect)
    else program.option(field.isFlag ? flags : `${flags} <value>`)
  }
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** Commander takes `--no-owner` for the opposite of `--owner`; here they are two fields. */
function givenTo(program: Program, fields: Fields): Record<string, unknown> {
  const options: Record<string, unknown> = program.opts()
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, given(name, field)]))

  function given(name: string, field: Field): unknown {
    const positive = field.isFlag ? /^no([A-Z])(.*)$/.exec(name) : null
    if (positive === null) return options[name] === false ? undefined : options[name]
    const [, first = "", rest = ""] = positive
    return options[first.toLowerCase() + rest] === false ? true : undefined
  }
}

/** What was said before the noun, between noun and verb, and after: the last word counts. */
function globalsOf(program: Program): Record<string, unknown> {
  const outer = program.parent === null ? {} : globalsOf(program.parent)
  const here: Record<string, unknown> = program.opts()
  const given = Object.keys(globalFields).filter((name) => here[name] !== undefined)
  return { ...outer, ...Object.fromEntries(given.map((name) => [name, here[name]])) }
}

function inOurWords(error: CommanderError, argv: readonly string[]): VaultError {
  switch (error.code) {
    case "commander.help":
      return new VaultError("USAGE", missingVerb(argv))
    case "commander.unknownCommand":
      return new VaultError("USAGE", "there is no command of that name")
    case "commander.unknownOption": {
      // Only what looks like an option is repeated: anything else could be a secret in the wrong place.
      const [, option] = /unknown option '(--[a-z][a-z-]{1,30})['=]/.exec(error.message) ?? []
      return new VaultError("USAGE", `${option ?? "an option"} is not known here`)
    }
    case "commander.optionMissingArgument": {
      const [, option] = /option '(?:.*, )?(--[a-z-]+) <value>'/.exec(error.message) ?? []
      return new VaultError("USAGE", `${option ?? "an option"} needs a value`)
    }
    default:
      return new VaultError("USAGE", "there are too many arguments")
  }
}

function missingVerb(argv: readonly string[]): string {
  const noun = argv.find((word) => Object.hasOwn(nouns, word))
  return noun === undefined ? "a command is missing" : `${noun} needs a verb`
}

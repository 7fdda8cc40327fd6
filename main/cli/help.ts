import type { Command } from "./command.ts"
import { commandTable, nouns } from "./command-table.ts"
import type { Field, Fields } from "./field.ts"
import { globalFields } from "./global-options.ts"
import { spellForTerminal } from "./spelling.ts"

/** Explains a command, the commands of a noun, or all nouns; `null` when there is no such command. */
export function helpFor(path: readonly string[]): string | null {
  const exact = commandTable.find((command) => isSame(command.path, path))
  if (exact !== undefined) return helpForCommand(exact)
  const within = commandTable.filter((command) => isSame(command.path.slice(0, path.length), path))
  if (within.length === 0) return null
  return path.length === 0 ? helpForAll() : helpForNoun(path, within)
}

function helpForAll(): string {
  return [
    "claviger NOUN VERB [NAME] [--option value]",
    "",
    "Keeps keys: makes, stores, uses, renews, exports and destroys them, with nothing readable on disk.",
    "",
    ...Object.entries(nouns).flatMap(([noun, says]) => [
      `${noun}: ${says}`,
      ...commandTable.filter(({ path }) => path[0] === noun).map(summaryOf),
      "",
    ]),
    ...commandTable.filter(({ path }) => path.length === 1).map(summaryOf),
    "",
    "Everywhere:",
    ...optionLines(globalFields),
    "",
    "`claviger help NOUN VERB` explains one command. For example:",
    "  claviger help key generate",
  ].join("\n")
}

function helpForNoun(path: readonly string[], commands: readonly Command[]): string {
  return [
    `claviger ${path.join(" ")} VERB`,
    "",
    ...commands.map(summaryOf),
    "",
    `\`claviger help ${path.join(" ")} VERB\` explains one of them. For example:`,
    `  claviger ${commands[0]?.example ?? ""}`,
  ].join("\n")
}

function helpForCommand({ path, summary, example, fields, isOnlyInBatch }: Command): string {
  return [
    `claviger ${[...path, ...usageOf(fields)].join(" ")}`,
    "",
    `  ${summary}${isOnlyInBatch ? " (a line of `claviger batch` only)" : ""}`,
    "",
    ...optionLines(fields),
    "",
    "Everywhere:",
    ...optionLines(globalFields),
    "",
    "For example:",
    `  claviger ${example}`,
  ].join("\n")
}

function usageOf(fields: Fields): string[] {
  const parts = Object.entries(fields).map(([name, field]) => {
    const part = field.place === "argument" ? field.placeholder : optionOf(name, field)
    return field.isRequired ? part : `[${part}]`
  })
  return parts
}

function optionLines(fields: Fields): string[] {
  const lines = Object.entries(fields).map(([name, field]) => ({ option: optionOf(name, field), says: field.says }))
  const width = Math.max(0, ...lines.map(({ option }) => option.length))
  return lines.map(({ option, says }) => `  ${option.padEnd(width)}  ${says}`)
}

function optionOf(name: string, field: Field): string {
  const spelled = spellForTerminal(name, field)
  return field.place === "argument" || field.isFlag ? spelled : `${spelled} ${field.placeholder}`
}

function summaryOf({ path, summary }: Command): string {
  return `  ${path.join(" ").padEnd(20)}  ${summary}`
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index])
}

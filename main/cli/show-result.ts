import { printable } from "../domain/printable.ts"

/** An answer as a person reads it: its members one below the other, and lists of things as tables. */
export function showResult(result: object, columns?: readonly string[]): string {
  const members = flatten(result)
  const [only] = members
  if (members.length === 1 && only !== undefined && isListOfThings(only.value)) return showTable(only.value, columns)
  const fields = members.filter(({ value }) => !isListOfThings(value))
  const width = Math.max(0, ...fields.map(({ label }) => label.length))
  const lines = fields.map(({ label, value }) => `${label.padEnd(width)}  ${showValue(value)}`)
  const tables = members.flatMap(({ label, value }) =>
    isListOfThings(value) && value.length > 0 ? ["", `${label}:`, ...indent(showTable(value, columns))] : [],
  )
  return [...lines, ...tables].join("\n")
}

/** Columns as wide as their widest cell. */
export function showTable(rows: readonly object[], columns?: readonly string[]): string {
  if (rows.length === 0) return "(none)"
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const table = [
    names.map((name) => inWords(name).toUpperCase()),
    ...rows.map((row) => names.map((name) => showValue(memberOf(row, name)))),
  ]
  const widths = names.map((_, column) => Math.max(...table.map((row) => widthOf(row[column] ?? ""))))
  return table
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
}

interface Member {
  readonly label: string
  readonly value: unknown
}

/** Members that hold members are named with both names; what is not there is left out. */
function flatten(result: object, prefix = ""): Member[] {
  return Object.entries(result).flatMap(([name, value]): Member[] => {
    const label = prefix + inWords(name)
    if (value === undefined || value === null) return []
    if (typeof value === "object" && !Array.isArray(value)) return flatten(value, `${label} `)
    return [{ label, value }]
  })
}

function showValue(value: unknown): string {
  if (value === undefined || value === null) return "-"
  if (Array.isArray(value)) return value.length === 0 ? "-" : value.map(showValue).join(", ")
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, inner]) => `${inWords(name)} ${showValue(inner)}`)
      .join(", ")
  }
  if (typeof value === "boolean") return value ? "yes" : "no"
  return printable(String(value))
}

function isListOfThings(value: unknown): value is object[] {
  return Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null)
}

function memberOf(row: object, name: string): unknown {
  return Object.hasOwn(row, name) ? Object.entries(row).find(([member]) => member === name)?.[1] : undefined
}

/** `nextRotationAt` → `next rotation at`, `memoryKiB` → `memory KiB`. */
function inWords(name: string): string {
  return printable(name.replaceAll(/KiB|[A-Z]/g, (word) => ` ${word === "KiB" ? word : word.toLowerCase()}`))
}

function widthOf(cell: string): number {
  return [...cell].length
}

function pad(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - widthOf(cell)))
}

function indent(block: string): string[] {
  return block.split("\n").map((line) => `  ${line}`)
}

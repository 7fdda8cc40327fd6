import { type Figure, ratioOf, verdictOf } from "./figure.ts"

export interface MeasuredGoal {
  readonly id: string
  readonly figures: readonly Figure[]
}

const heading = ["goal", "work", "ours", "peer or limit", "", "ratio", "of CPU", "at most", "met"]

/** A row for each figure, in columns. */
export function tableOf(goals: readonly MeasuredGoal[]): string {
  const rows = goals.flatMap(({ id, figures }) => figures.map((figure) => cells(id, figure)))
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  return [heading, ...rows].map((row) => line(row, widths)).join("\n")
}

function cells(id: string, figure: Figure): string[] {
  const { work, ours, beside, than, unit, cpuRatio, goal } = figure
  const cpu = cpuRatio === undefined ? "" : rounded(cpuRatio)
  const most = goal === null ? "" : String(goal)
  return [
    id,
    work,
    amount(ours, unit),
    amount(beside, unit),
    than,
    rounded(ratioOf(figure)),
    cpu,
    most,
    verdictOf(figure),
  ]
}

/** Numbers end where those above them end. */
function line(row: readonly string[], widths: readonly number[]): string {
  const padded = row.map((cell, column) => {
    const width = widths[column] ?? 0
    return /^[\d.]+( \S+)?$/.test(cell) ? cell.padStart(width) : cell.padEnd(width)
  })
  return padded.join("  ").trimEnd()
}

function amount(value: number, unit: string): string {
  return `${rounded(value)} ${unit}`
}

/** Three digits that mean something. */
function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
}

/** As people read large numbers. */
export function count(value: number): string {
  return value.toLocaleString("en")
}

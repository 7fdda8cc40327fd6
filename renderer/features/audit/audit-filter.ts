import type { AnswerTo, RequestFor } from "../../api/ask.ts"

export type AuditRow = AnswerTo<"audit.list">["rows"][number]
export type Outcome = NonNullable<RequestFor<"audit.list">["outcome"]>

type SpanName = "hour" | "day" | "week" | "month" | "year" | "days" | "found"

/** A time that rows are from. */
export interface TimeSpan {
  readonly name: SpanName
  readonly label: string
  readonly since?: string
  /** The first moment that does not count any more. */
  readonly until?: string
}

/** What the log is narrowed by; all conditions hold at once. */
export interface AuditFilter {
  readonly key?: string
  readonly actor?: string
  readonly action?: string
  readonly outcome?: Outcome
  readonly time?: TimeSpan
}

export function requestFor({ time, ...others }: AuditFilter): Omit<RequestFor<"audit.list">, "limit" | "cursor"> {
  const { since, until } = time ?? {}
  return {
    ...others,
    newest: true,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

const hourMs = 3_600_000

/** Spans that end now, with their length in hours. */
const untilNow: Readonly<Record<Exclude<SpanName, "days" | "found">, readonly [label: string, hours: number]>> = {
  hour: ["Last hour", 1],
  day: ["Last 24 hours", 24],
  week: ["Last 7 days", 7 * 24],
  month: ["Last 30 days", 30 * 24],
  year: ["Last 365 days", 365 * 24],
}

const isUntilNow = (name: string): name is keyof typeof untilNow => name in untilNow
const severalDays = { name: "days", label: "From day to day" } as const

export const timeChoices: readonly { readonly value: SpanName; readonly label: string }[] = [
  ...Object.keys(untilNow)
    .filter(isUntilNow)
    .map((value) => ({ value, label: untilNow[value][0] })),
  { value: severalDays.name, label: severalDays.label },
]

export function spanCalled(name: SpanName, now = Date.now()): TimeSpan {
  if (!isUntilNow(name)) return severalDays
  const [label, hours] = untilNow[name]
  return { name, label, since: new Date(now - hours * hourMs).toISOString() }
}

/** Whole days here. @param first - as `2026-11-26`; empty: from the beginning */
export function spanOfDays(first: string, last: string): TimeSpan {
  return {
    ...severalDays,
    ...(first === "" ? {} : { since: new Date(`${first}T00:00`).toISOString() }),
    ...(last === "" ? {} : { until: dayAfter(last).toISOString() }),
  }
}

function dayAfter(day: string): Date {
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + 1)
  return date
}

/** The first moment and the last, both included. */
export function spanOfRows(from: string, to: string, label: string): TimeSpan {
  return { name: "found", label, since: from, until: new Date(Date.parse(to) + 1).toISOString() }
}

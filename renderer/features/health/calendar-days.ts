/** A day where the person is, as `2026-11-26`. */
export type Day = string
/** As `2026-11`. */
export type Month = string

const dayMs = 86_400_000

/** The day that a moment is on. @param time - RFC 3339, or milliseconds since 1970 */
export function dayOf(time: string | number): Day {
  const at = new Date(time)
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
  return parts.map((part) => String(part).padStart(2, "0")).join("-")
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7)
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}

/** The same day of another month, or its last one where it has fewer. */
export function addMonths(day: Day, count: number): Day {
  const first = new Date(`${monthOf(day)}-01`)
  first.setUTCMonth(first.getUTCMonth() + count)
  const month = monthOf(first.toISOString())
  const last = addDays(endOf(month), -1)
  const same = `${month}${day.slice(7)}`
  return same < last ? same : last
}

/** The first day after it. */
export function endOf(month: Month): Day {
  const end = new Date(`${month}-01`)
  end.setUTCMonth(end.getUTCMonth() + 1)
  return end.toISOString().slice(0, 10)
}

/** The weeks that a month touches, Monday first, whole. */
export function weeksOf(month: Month): readonly (readonly Day[])[] {
  const first = `${month}-01`
  const end = endOf(month)
  const weeks: Day[][] = []
  for (let monday = addDays(first, -weekdayOf(first)); monday < end; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)))
  }
  return weeks
}

/** 0 is Monday. */
export function weekdayOf(day: Day): number {
  return (new Date(day).getUTCDay() + 6) % 7
}

/** How many days from one to the other. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

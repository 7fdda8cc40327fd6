const day = 86_400_000
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" })
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" })
const dateAndTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" })

/** For example "in 3 months", "yesterday". */
export function fromNow(time: string, now = Date.now()): string {
  const days = Math.round((Date.parse(time) - now) / day)
  const size = Math.abs(days)
  if (size < 1) return "today"
  if (size < 45) return relative.format(days, "day")
  if (size < 550) return relative.format(Math.round(days / 30.4), "month")
  return relative.format(Math.round(days / 365.25), "year")
}

export function asDate(time: string): string {
  return date.format(new Date(time))
}

export function asDateAndTime(time: string): string {
  return dateAndTime.format(new Date(time))
}

/** A text with its RFC 3339 times as people write them. */
export function withTimes(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, asDateAndTime)
}

export function isPast(time: string, now = Date.now()): boolean {
  return Date.parse(time) <= now
}

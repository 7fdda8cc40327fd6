/** What stands in a calendar for a whole day. */
export interface CalendarEvent {
  /** Stays the same when the calendar is made again. */
  readonly uid: string
  /** RFC 3339 UTC. */
  readonly at: string
  readonly summary: string
  readonly description: string
}

/** An iCalendar object (RFC 5545). @param now - RFC 3339 UTC */
export function icalendar(events: readonly CalendarEvent[], now: string): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Claviger//Claviger//EN",
    ...events.flatMap(({ uid, at, summary, description }) => [
      "BEGIN:VEVENT",
      `UID:${escaped(uid)}`,
      `DTSTAMP:${now.slice(0, 19).replaceAll(/[-:]/g, "")}Z`,
      `DTSTART;VALUE=DATE:${dayOf(at)}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join("")
}

function dayOf(at: string): string {
  return at.slice(0, 10).replaceAll("-", "")
}

/** Section 3.3.11. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n|\r|\n/g, "\\n")
}

/** At most 75 octets a line (section 3.1), and no character cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let [whole, length] = ["", 0]
  for (const character of line) {
    const size = encoder.encode(character).length
    if (length + size > 74) {
      whole += "\r\n "
      length = 1
    }
    whole += character
    length += size
  }
  return whole
}

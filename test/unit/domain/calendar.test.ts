import { expect, test } from "vitest"
import { icalendar } from "../../../main/domain/calendar.ts"
import { csvLine } from "../../../main/domain/comma-separated.ts"

const now = "2026-03-01T12:00:00.000Z"
const event = { uid: "a@b", at: "2026-04-02T23:30:00.000Z", summary: "Rotate a", description: "claviger key rotate a" }

test("an event is a day of the calendar, in the words of RFC 5545", () => {
  expect(icalendar([event], now).split("\r\n")).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Claviger//Claviger//EN",
    "BEGIN:VEVENT",
    "UID:a@b",
    "DTSTAMP:20260301T120000Z",
    "DTSTART;VALUE=DATE:20260402",
    "SUMMARY:Rotate a",
    "DESCRIPTION:claviger key rotate a",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ])
})

test("what means something to a calendar is escaped, so that a name adds no line of its own", () => {
  const hostile = icalendar([{ ...event, summary: "a;b,c\\d\r\nATTENDEE:eve" }], now)
  expect(hostile).toContain("SUMMARY:a\\;b\\,c\\\\d\\nATTENDEE:eve\r\n")
})

test("no line is longer than 75 octets, and no character is cut in two", () => {
  const summary = "🔑é".repeat(100)
  const text = icalendar([{ ...event, summary }], now)
  const sizes = text.split("\r\n").map((line) => Buffer.byteLength(line))
  expect(Math.max(...sizes)).toBeLessThanOrEqual(75)
  expect(text.replaceAll("\r\n ", "")).toContain(`SUMMARY:${summary}\r\n`)
})

test.for([
  [["plain", 1, null], "plain,1,\r\n"],
  [["a,b", 'say "x"', "two\nlines"], '"a,b","say ""x""","two\nlines"\r\n'],
  [["=1+1", "+x", "-x", "@x"], "'=1+1,'+x,'-x,'@x\r\n"],
] as const)("a line of %j is what a spreadsheet reads as text", ([cells, line]) => {
  expect(csvLine(cells)).toBe(line)
})

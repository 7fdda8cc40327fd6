import { expect, test } from "vitest"
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  endOf,
  weekdayOf,
  weeksOf,
} from "../../renderer/features/health/calendar-days.ts"

test("days go on over the ends of months, years and leap years", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01")
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29")
  expect(daysBetween("2026-03-01", "2027-03-01")).toBe(365)
})

test("another month has the same day, or its last one", () => {
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-28")
  expect(addMonths("2026-12-15", 1)).toBe("2027-01-15")
  expect(addMonths("2026-01-15", -1)).toBe("2025-12-15")
})

test("a month is whole weeks, Monday first", () => {
  const weeks = weeksOf("2026-11")
  expect(weeks.map((week) => [week[0], week.length])).toEqual([
    ["2026-10-26", 7],
    ["2026-11-02", 7],
    ["2026-11-09", 7],
    ["2026-11-16", 7],
    ["2026-11-23", 7],
    ["2026-11-30", 7],
  ])
  expect(weeksOf("2027-02")).toHaveLength(4)
  expect(weekdayOf("2026-11-26")).toBe(3)
  expect(endOf("2026-12")).toBe("2027-01-01")
})

test("a moment is on the day that it is here", () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe("2026-01-05")
})

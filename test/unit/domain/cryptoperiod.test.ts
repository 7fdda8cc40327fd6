import { expect, test } from "vitest"
import { durationMs, isDue, later, stateByDates } from "../../../main/domain/cryptoperiod.ts"
import { Duration, KeyState, Timestamp } from "../../../preload/contract/values.ts"

const now = "2026-06-01T00:00:00.000Z"
const before = "2026-05-31T23:59:59.999Z"
const after = "2026-06-01T00:00:00.001Z"

test.for([
  ["1h", 3_600_000],
  ["90d", 7_776_000_000],
  ["2w", 1_209_600_000],
  ["1y", 31_536_000_000],
] as const)("%s is %i ms", ([duration, ms]) => {
  expect(durationMs(duration)).toBe(ms)
})

test("a day is 24 hours, whatever the clocks on the wall do", () => {
  expect(later("2026-03-28T12:00:00.000Z", "1d")).toBe("2026-03-29T12:00:00.000Z")
  expect(later("2024-02-28T00:00:00.000Z", "1y")).toBe("2025-02-27T00:00:00.000Z")
})

test.for(["0d", "1m", "d", "-1d", "1.5d", "01d", "1 d", "100000d", "1D", ""])("%j is no duration", (text) => {
  expect(Duration.safeParse(text).success).toBe(false)
})

test("the longest duration gives a time that still sorts behind every other", () => {
  expect(later(now, "99999y")).toBe("9999-12-31T23:59:59.999Z")
  expect(later(now, "99999y") > now).toBe(true)
})

test.for([
  "9999-12-31T23:59:59-01:00",
  "0000-01-01T00:00:00+01:00",
  "10000-01-01",
  "2026-02-30",
  "2026-13-01",
  "today",
  "",
])("%j is no time", (text) => {
  expect(Timestamp.safeParse(text).success).toBe(false)
})

test.for([
  ["2026-06-01", "2026-06-01T00:00:00.000Z"],
  ["2026-06-01T12:00", "2026-06-01T12:00:00.000Z"],
  ["2026-06-01T12:00+02:00", "2026-06-01T10:00:00.000Z"],
  ["2026-06-01T12:00:00.123456Z", "2026-06-01T12:00:00.123Z"],
] as const)("%s is %s", ([text, time]) => {
  expect(Timestamp.parse(text)).toBe(time)
})

test("only an active key's rotation is due, from its moment on", () => {
  for (const state of KeyState.options) {
    expect(isDue({ state, nextRotationAt: now }, now)).toBe(state === "active")
  }
  expect(isDue({ state: "active", nextRotationAt: after }, now)).toBe(false)
  expect(isDue({ state: "active", nextRotationAt: null }, now)).toBe(false)
})

const dates = (activatesAt: string | null, expiresAt: string | null) => ({ activatesAt, expiresAt })

test("what has begun is active", () => {
  expect(stateByDates({ state: "pre-active", ...dates(now, null) }, now)).toBe("active")
  expect(stateByDates({ state: "pre-active", ...dates(after, null) }, now)).toBe("pre-active")
})

test("what has ended is deactivated, if it was not further already", () => {
  const ended = KeyState.options.map((state) => [state, stateByDates({ state, ...dates(before, before) }, now)])
  expect(Object.fromEntries(ended)).toEqual({
    "pre-active": "deactivated",
    active: "deactivated",
    suspended: "deactivated",
    deactivated: "deactivated",
    compromised: "compromised",
    "pending-destruction": "pending-destruction",
    destroyed: "destroyed",
  })
})

test("a suspended key is not woken by its dates", () => {
  expect(stateByDates({ state: "suspended", ...dates(before, after) }, now)).toBe("suspended")
})

import { expect, test } from "vitest"
import { requestFor, spanCalled, spanOfDays, spanOfRows } from "../../renderer/features/audit/audit-filter.ts"

const local = (time: string) => new Date(time).toISOString()

test("whole days begin and end at midnight here", () => {
  expect(spanOfDays("2026-11-25", "2026-11-26")).toMatchObject({
    since: local("2026-11-25T00:00"),
    until: local("2026-11-27T00:00"),
  })
})

test("a day that is not given yet is no condition", () => {
  expect(requestFor({ time: spanOfDays("", "") })).toEqual({ newest: true })
  expect(requestFor({ time: spanOfDays("2026-11-25", "") })).toEqual({
    newest: true,
    since: local("2026-11-25T00:00"),
  })
})

test("the last hours end now", () => {
  const now = Date.parse("2026-11-26T12:00:00Z")
  expect(requestFor({ time: spanCalled("day", now) })).toEqual({ newest: true, since: "2026-11-25T12:00:00.000Z" })
})

test("the span of some rows holds the last of them", () => {
  const time = spanOfRows("2026-11-26T12:00:00.000Z", "2026-11-26T12:30:00.000Z", "then")
  expect(requestFor({ key: "shop", time })).toEqual({
    newest: true,
    key: "shop",
    since: "2026-11-26T12:00:00.000Z",
    until: "2026-11-26T12:30:00.001Z",
  })
})

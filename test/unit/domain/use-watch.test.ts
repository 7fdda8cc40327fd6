import { expect, test } from "vitest"
import { effectivePolicy } from "../../../main/domain/policy-profiles.ts"
import type { UnusualUse } from "../../../main/domain/unusual-use.ts"
import { UseWatch } from "../../../main/domain/use-watch.ts"
import type { UnusualThresholds } from "../../../preload/contract/policy-file.ts"

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** A Monday, at midnight; local time is UTC here. */
const start = Date.parse("2026-03-02T00:00:00Z")

const utc = (at: number) => ({ day: Math.floor(at / day), hour: new Date(at).getUTCHours() })

interface Row {
  readonly at: number
  readonly action?: string
  readonly outcome?: string
  readonly keyId?: string | null
}

const usual = effectivePolicy({ profile: "personal" }).unusual

function found(rows: readonly Row[], changed: Partial<UnusualThresholds> = {}): readonly UnusualUse[] {
  const thresholds = { ...usual, ...changed }
  const watch = new UseWatch(utc, { ofVault: thresholds, ofKey: () => thresholds })
  for (const { at, action = "key.sign", outcome = "done", keyId = "a key" } of rows) {
    watch.note({ at, action, outcome, keyId })
  }
  return watch.found()
}

/** So many uses, one after the other. */
const uses = (count: number, from: number, more: Partial<Row> = {}, every = minute): Row[] =>
  Array.from({ length: count }, (_, index) => ({ at: from + index * every, ...more }))

/** Three uses at ten o'clock on each of so many days. */
const workdays = (days: number, from = start): Row[] =>
  Array.from({ length: days }, (_, index) => uses(3, from + index * day + 10 * hour)).flat()

test("a key that is used as always is not unusual", () => {
  expect(found(workdays(30))).toEqual([])
})

test("many uses within an hour, far more than ever before, are a burst", () => {
  const from = start + 10 * day + 10 * hour
  expect(found([...workdays(10), ...uses(25, from)])).toEqual([
    {
      kind: "burst",
      keyId: "a key",
      from,
      to: from + 24 * minute,
      rows: 25,
      reason: "Used 25 times within an hour; before, never more than 3 times.",
    },
  ])
})

test.for([
  ["fewer than twenty uses", [...workdays(10), ...uses(19, start + 10 * day + 10 * hour)]],
  [
    "fewer than five times as many as the busiest hour before",
    [...workdays(9), ...uses(5, start + 9 * day + 10 * hour), ...uses(24, start + 10 * day + 10 * hour)],
  ],
  ["the first work of a new key", [...workdays(4), ...uses(50, start + 10 * day + 10 * hour, {}, minute / 2)]],
  [
    "uses of different keys",
    [
      ...workdays(10),
      ...uses(19, start + 10 * day + 10 * hour),
      ...uses(19, start + 10 * day + 10 * hour, { keyId: "b" }),
    ],
  ],
  ["what was refused", [...workdays(10), ...uses(40, start + 10 * day + 10 * hour, { outcome: "denied" })]],
  ["managing a key", [...workdays(10), ...uses(40, start + 10 * day + 10 * hour, { action: "key.set" })]],
] as const)("%s are no burst", ([, rows]) => {
  expect(found(rows).filter(({ kind }) => kind === "burst")).toEqual([])
})

test("the second burst of the same size is usual", () => {
  const rows = [...workdays(10), ...uses(25, start + 10 * day + 10 * hour), ...uses(25, start + 11 * day + 10 * hour)]
  expect(found(rows).map(({ from }) => from)).toEqual([start + 10 * day + 10 * hour])
})

test("tokens that are checked at such an hour are nobody's work", () => {
  const checks = uses(2, start + 20 * day + 3 * hour, { action: "token.health", keyId: null })
  expect(found([...workdays(20), ...checks])).toEqual([])
})

test("work at an hour at which the vault is never used is unusual, whatever is done", () => {
  const from = start + 20 * day + 3 * hour
  const rows = [...workdays(20), ...uses(2, from, { action: "vault.unlock", keyId: null })]
  expect(found(rows)).toEqual([
    {
      kind: "odd-hours",
      keyId: null,
      from,
      to: from + minute,
      rows: 2,
      reason: "The vault was used between 03:00 and 04:00, as it was on none of the 20 days of use before.",
    },
  ])
})

test("unusual hours that follow one another are one finding", () => {
  const from = start + 20 * day + 22 * hour
  const [one, ...others] = found([...workdays(20), { at: from }, { at: from + hour }])
  expect(others).toEqual([])
  expect(one).toMatchObject({ from, to: from + hour, rows: 2, reason: expect.stringContaining("22:00 and 00:00") })
})

test.for([
  ["an hour beside the usual one", [...workdays(20), { at: start + 20 * day + 11 * hour + 30 * minute }]],
  ["any hour, while less than twenty days are known", [...workdays(19), { at: start + 19 * day + 3 * hour }]],
] as const)("%s is not odd", ([, rows]) => {
  expect(found(rows)).toEqual([])
})

test("an hour becomes usual when the vault is used in it on one day in twenty", () => {
  const nights = [20, 21, 22, 23].map((number) => ({ at: start + number * day + 3 * hour }))
  expect(found([...workdays(20), ...nights]).map(({ from }) => from)).toEqual([
    start + 21 * day + 3 * hour,
    start + 20 * day + 3 * hour,
  ])
})

test("a key that is used again after half a year is unusual, and one that rested for less is not", () => {
  const again = (days: number) => found([{ at: start }, { at: start + days * day }])
  expect(again(179)).toEqual([])
  expect(again(180)).toEqual([
    {
      kind: "long-unused",
      keyId: "a key",
      from: start + 180 * day,
      to: start + 180 * day,
      rows: 1,
      reason: "Used again after 180 days of rest.",
    },
  ])
})

test("an old key's first use is unusual; that it was managed meanwhile is no use", () => {
  const rows = [
    { at: start, action: "key.generate" },
    { at: start + 150 * day, action: "key.rotate" },
    { at: start + 200 * day, action: "key.decrypt" },
  ]
  expect(found(rows)).toMatchObject([
    { kind: "long-unused", reason: "Used for the first time, 200 days after it came into the vault." },
  ])
})

test("acts of a key, or of the vault, that are refused or fail again and again within an hour are unusual", () => {
  const refused = uses(10, start, { outcome: "denied" })
  const failed = uses(10, start + day, { action: "vault.unlock", outcome: "failed", keyId: null })
  const reason = "Acts were refused, or failed, 10 times within an hour."
  expect(found([...refused, ...failed])).toEqual([
    { kind: "failures", keyId: null, from: start + day, to: start + day + 9 * minute, rows: 10, reason },
    { kind: "failures", keyId: "a key", from: start, to: start + 9 * minute, rows: 10, reason },
  ])
  expect(found(uses(9, start, { outcome: "denied" }))).toEqual([])
  expect(found([...uses(9, start, { outcome: "denied" }), ...uses(9, start + hour, { outcome: "denied" })])).toEqual([])
})

test.for([
  ["burst", { burstUses: 5, burstFactor: 2 }, [...workdays(10), ...uses(6, start + 10 * day + 10 * hour)]],
  ["long-unused", { rest: "30d" }, [{ at: start }, { at: start + 30 * day }]],
  ["failures", { failures: 3 }, uses(3, start, { outcome: "denied" })],
  [
    "odd-hours",
    { oddHourDays: 5 },
    [...workdays(20), ...[17, 18, 19].map((number) => ({ at: start + number * day + 13 * hour }))].toSorted(
      (one, other) => one.at - other.at,
    ),
  ],
] as const)("%s: from when on it is unusual is for the policy to say", ([kind, thresholds, rows]) => {
  const last = { at: start + 21 * day + 13 * hour }
  const all = kind === "odd-hours" ? [...rows, last] : rows
  expect(found(all)).toEqual([])
  expect(found(all, thresholds).map((one) => one.kind)).toContain(kind)
})

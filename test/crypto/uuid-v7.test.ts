import { expect, test, vi } from "vitest"
import type { newId } from "../../main/crypto/uuid-v7.ts"

/** Each test has a generator of its own: it remembers the latest time it saw. */
async function freshNewId(): Promise<typeof newId> {
  vi.resetModules()
  return (await import("../../main/crypto/uuid-v7.ts")).newId
}

function areAscending(ids: readonly string[]): boolean {
  return ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ""))
}

test("an id has the version, the variant and the time of RFC 9562's example", async () => {
  const makeId = await freshNewId()
  expect(makeId(0x017f22e279b0)).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test("100,000 ids of one millisecond are all different, in order, and keep the time", async () => {
  const makeId = await freshNewId()
  const ids = Array.from({ length: 100_000 }, () => makeId(1_700_000_000_000))
  expect(new Set(ids).size).toBe(ids.length)
  expect(areAscending(ids)).toBe(true)
  expect(new Set(ids.map((id) => id.slice(0, 13)))).toEqual(new Set(["018bcfe5-6800"]))
})

test("ids stay in order when the clock steps back", async () => {
  const makeId = await freshNewId()
  const ids = [5000, 4000, 5000, 0, 5001, 5000].map((now) => makeId(now))
  expect(areAscending(ids)).toBe(true)
})

test("two processes at one time make different ids", async () => {
  const one = await freshNewId()
  const other = await freshNewId()
  expect(one(5000)).not.toBe(other(5000))
})

test.for([Number.NaN, -1, 0.5, 2 ** 48])("%d is no time", async (now) => {
  const makeId = await freshNewId()
  expect(() => makeId(now)).toThrow(RangeError)
})

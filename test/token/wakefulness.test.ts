import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Wakefulness } from "../../main/token/wakefulness.ts"

let now = 0

/** A loop that is asked to go round once more does not sleep. */
const isAwake = (): boolean => vi.getTimerCount() > 0

function turns(count: number): void {
  for (let turn = 0; turn < count; turn += 1) vi.advanceTimersToNextTimer()
}

beforeEach(() => {
  now = 0
  vi.useFakeTimers({ toFake: ["setImmediate"] })
  vi.spyOn(performance, "now").mockImplementation(() => now)
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test("the event loop does not sleep from when a message is expected until it has come", () => {
  const wakefulness = new Wakefulness(2, 2)
  expect(isAwake()).toBe(false)
  wakefulness.begin()
  turns(100)
  expect(isAwake()).toBe(true)
  wakefulness.end()
  turns(1)
  expect(isAwake()).toBe(false)
  wakefulness.begin()
  expect(isAwake()).toBe(true)
})

test("nor for longer than that message is expected, and each one that is expected begins anew", () => {
  const wakefulness = new Wakefulness(2, 2)
  wakefulness.begin()
  now = 1.5
  wakefulness.begin()
  now = 3
  turns(1)
  expect(isAwake()).toBe(true)
  now = 3.5
  turns(1)
  expect(isAwake()).toBe(false)
})

test("with one processor it sleeps, so that the other process can run", () => {
  new Wakefulness(2, 1).begin()
  expect(isAwake()).toBe(false)
})

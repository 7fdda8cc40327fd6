import { setImmediate as nextTurn } from "node:timers/promises"
import { afterEach, expect, test, vi } from "vitest"
import { Wakefulness } from "../../main/token/wakefulness.ts"

const isAwake = (): boolean => process.getActiveResourcesInfo().includes("Immediate")

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn()
}

afterEach(() => {
  vi.restoreAllMocks()
})

test("the event loop does not sleep from when a message is expected until it has come", async () => {
  vi.spyOn(performance, "now").mockReturnValue(0)
  const wakefulness = new Wakefulness(2, 2)
  wakefulness.begin()
  await turns(100)
  expect(isAwake()).toBe(true)
  wakefulness.end()
  await turns(2)
  expect(isAwake()).toBe(false)
  wakefulness.begin()
  expect(isAwake()).toBe(true)
  wakefulness.end()
})

test("nor for longer than that message is expected, and each one that is expected begins anew", async () => {
  let now = 0
  vi.spyOn(performance, "now").mockImplementation(() => now)
  const wakefulness = new Wakefulness(2, 2)
  wakefulness.begin()
  now = 1.5
  wakefulness.begin()
  now = 3
  await turns(2)
  expect(isAwake()).toBe(true)
  now = 3.5
  await turns(2)
  expect(isAwake()).toBe(false)
})

test("with one processor it sleeps, so that the other process can run", async () => {
  new Wakefulness(2, 1).begin()
  expect(isAwake()).toBe(false)
})

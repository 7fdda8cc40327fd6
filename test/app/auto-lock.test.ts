import { expect, test } from "vitest"
import { AutoLock } from "../../main/app/auto-lock.ts"
import { defaultPreferences, type Preferences } from "../../preload/contract/preferences.ts"

function setUp(changes: Partial<Preferences> = {}) {
  const state = { now: 0, locks: 0 }
  const autoLock = new AutoLock({
    now: () => state.now,
    preferences: () => ({ ...defaultPreferences, ...changes }),
    isUnlocked: () => true,
    lock: () => {
      state.locks += 1
    },
  })
  const after = (seconds: number) => {
    state.now += seconds * 1000
    autoLock.check()
    return state.locks
  }
  return { autoLock, after, state }
}

test("a vault left alone for five minutes locks, and not before", () => {
  const { after } = setUp()
  expect([after(299), after(1)]).toEqual([0, 1])
})

test("whoever works is not locked out", () => {
  const { autoLock, after } = setUp()
  after(299)
  autoLock.noteActivity()
  expect(after(299)).toBe(0)
})

test("the screen with seeds is left alone for 30 seconds at most", () => {
  const { autoLock, after } = setUp()
  autoLock.enter({ isSeeds: true })
  expect([after(29), after(1)]).toEqual([0, 1])
})

test("a shorter time for everything holds for seeds too", () => {
  const { autoLock, after } = setUp({ lockAfterIdle: 20, lockAfterIdleOnSeeds: 60 })
  autoLock.enter({ isSeeds: true })
  expect(after(20)).toBe(1)
})

test.for([
  ["lockOnSuspend", "onSuspend"],
  ["lockOnScreenLock", "onScreenLock"],
  ["lockOnClose", "onWindowClosed"],
] as const)("%s decides whether %s locks", ([preference, event]) => {
  for (const isOn of [true, false]) {
    const { autoLock, state } = setUp({ [preference]: isOn })
    autoLock[event]()
    expect(state.locks).toBe(isOn ? 1 : 0)
  }
})

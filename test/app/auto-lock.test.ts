import { describe, expect, test } from "vitest"
import { AutoLock } from "../../main/app/auto-lock.ts"
import { defaultPreferences, type Preferences } from "../../preload/contract/preferences.ts"
import type { UsbIdentity } from "../../preload/contract/usb-device.ts"

function setUp(changes: Partial<Preferences> = {}, isUnlocked = true) {
  const state: { now: number; locks: number; removed: unknown } = { now: 0, locks: 0, removed: null }
  const autoLock = new AutoLock({
    now: () => state.now,
    preferences: () => ({ ...defaultPreferences, ...changes }),
    isUnlocked: () => isUnlocked,
    lock: (removed) => {
      state.locks += 1
      state.removed = removed
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

describe("a device on USB that was chosen to lock the vault", () => {
  const chosen = { vendorId: "1050", productId: "0407", serial: "12345678" }

  function locksAfterRemovalOf(device: UsbIdentity, lockOnRemovalOf: readonly UsbIdentity[] = [chosen]) {
    const { autoLock, state } = setUp({ lockOnRemovalOf: [...lockOnRemovalOf] })
    autoLock.onRemoved(device)
    return state.locks
  }

  test("locks it by being pulled out", () => {
    expect(locksAfterRemovalOf(chosen)).toBe(1)
  })

  test("is named as the reason, without what else it says of itself", () => {
    const { autoLock, state } = setUp({ lockOnRemovalOf: [chosen] })
    const seen = { ...chosen, place: "1:2", name: "a token" }
    autoLock.onRemoved(seen)
    expect(state.removed).toEqual(chosen)
  })

  test("does nothing when none was chosen", () => {
    expect(locksAfterRemovalOf(chosen, [])).toBe(0)
  })

  test.for([
    ["maker", { ...chosen, vendorId: "20a0" }],
    ["model", { ...chosen, productId: "0406" }],
    ["serial number", { ...chosen, serial: "87654321" }],
    ["kind, without a serial number", { ...chosen, serial: null }],
  ] as const)("is not one of another %s", ([, other]) => {
    expect(locksAfterRemovalOf(other)).toBe(0)
  })

  test("is any of its kind where it has no serial number", () => {
    expect(locksAfterRemovalOf({ ...chosen, serial: null }, [{ ...chosen, serial: null }])).toBe(1)
  })

  test("locks no vault that is locked", () => {
    const { autoLock, state } = setUp({ lockOnRemovalOf: [chosen] }, false)
    autoLock.onRemoved(chosen)
    expect(state.locks).toBe(0)
  })
})

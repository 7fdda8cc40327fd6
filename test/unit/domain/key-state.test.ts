import fc from "fast-check"
import { expect, test } from "vitest"
import { keyInState, mayFollow, versionInState, versionOf } from "../../../main/domain/key-state.ts"
import { KeyState } from "../../../preload/contract/values.ts"
import { aKey, aVersion } from "../../support/keys.ts"
import { vaultErrorOf } from "../../support/vault-error-of.ts"

const anyState = fc.constantFrom(...KeyState.options)

test("nothing leaves destroyed, and nothing becomes active again but what was suspended", () => {
  for (const to of KeyState.options) expect(mayFollow("destroyed", to)).toBe(false)
  const revived = KeyState.options.filter((from) => mayFollow(from, "active"))
  expect(revived).toEqual(["pre-active", "suspended"])
})

test("no state follows itself", () => {
  for (const state of KeyState.options) expect(mayFollow(state, state)).toBe(false)
})

test("every living state can become compromised or destroyed", () => {
  for (const state of KeyState.options.filter((each) => each !== "destroyed")) {
    expect(mayFollow(state, "destroyed")).toBe(true)
    if (state !== "compromised") expect(mayFollow(state, "compromised")).toBe(true)
  }
})

test("however long the walk, nobody comes from deactivated or compromised back to active", () => {
  fc.assert(
    fc.property(fc.array(anyState, { maxLength: 20 }), (wishes) => {
      const walk: KeyState[] = ["active"]
      for (const wish of wishes) {
        const here = walk.at(-1)
        if (here !== undefined && mayFollow(here, wish)) walk.push(wish)
      }
      const ended = walk.findIndex((state) => state === "deactivated" || state === "compromised")
      return ended === -1 || !walk.slice(ended).includes("active")
    }),
  )
})

test("a step that is not allowed names the key and both states", () => {
  const { code, detail } = vaultErrorOf(() => keyInState(aKey({ state: "deactivated" }), "active"))
  expect([code, detail]).toEqual(["STATE_DENIED", "a key is deactivated; it can't become active"])
})

test("with the key go the versions that stood where it stood", () => {
  const key = aKey({
    currentVersion: 3,
    versions: [
      aVersion({ state: "destroyed" }),
      aVersion({ version: 2, state: "deactivated" }),
      aVersion({ version: 3 }),
    ],
  })
  const suspended = keyInState(key, "suspended")
  expect(suspended.state).toBe("suspended")
  expect(suspended.versions.map(({ state }) => state)).toEqual(["destroyed", "deactivated", "suspended"])
})

test("with its current version goes the key; an older one goes alone", () => {
  const key = aKey({ currentVersion: 2, versions: [aVersion(), aVersion({ version: 2 })] })
  expect(versionInState(key, 2, "suspended")).toMatchObject({ state: "suspended" })
  const older = versionInState(key, 1, "suspended")
  expect(older.state).toBe("active")
  expect(older.versions.map(({ state }) => state)).toEqual(["suspended", "active"])
})

test("a version that is not there is not found", () => {
  expect(vaultErrorOf(() => versionOf(aKey(), 2)).code).toBe("NOT_FOUND")
})

test("a change leaves the key that it began with as it was", () => {
  const key = Object.freeze(aKey({ versions: Object.freeze([Object.freeze(aVersion())]) }))
  keyInState(key, "suspended")
  expect(key.state).toBe("active")
})

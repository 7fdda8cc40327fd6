import { expect, test } from "vitest"
import type { Key } from "../../../main/domain/key.ts"
import { versionForUse } from "../../../main/domain/key-use.ts"
import { KeyState, type Usage } from "../../../preload/contract/values.ts"
import { aKey, aVersion } from "../../support/keys.ts"
import { vaultErrorOf } from "../../support/vault-error-of.ts"

const now = "2026-06-01T00:00:00.000Z"
const before = "2026-05-31T23:59:59.999Z"
const after = "2026-06-01T00:00:00.001Z"

const allUsages: readonly Usage[] = ["sign", "verify", "encrypt", "decrypt", "wrap", "unwrap", "mac", "derive"]

function keyIn(state: KeyState, changed: Partial<Key> = {}): Key {
  return aKey({ state, usages: allUsages, versions: [aVersion({ state })], ...changed })
}

function isAllowed(key: Key, usage: Usage, number?: number): boolean {
  try {
    return versionForUse(key, [usage], now, number).version > 0
  } catch {
    return false
  }
}

/** NIST SP 800-57 part 1, section 7: only active keys protect; what is there is processed also later. */
const allowed: Readonly<Record<KeyState, readonly Usage[]>> = {
  "pre-active": [],
  active: allUsages,
  suspended: ["verify"],
  deactivated: ["verify", "decrypt", "unwrap"],
  compromised: [],
  "pending-destruction": [],
  destroyed: [],
}

test.for(KeyState.options)("a key that is %s does what the standard allows, and no more", (state) => {
  expect(allUsages.filter((usage) => isAllowed(keyIn(state), usage))).toEqual(
    allUsages.filter((usage) => allowed[state].includes(usage)),
  )
})

test("what a compromised key made is processed by whoever says why, and it protects nothing", () => {
  const isExcused = (usage: Usage) => {
    try {
      versionForUse(keyIn("compromised"), [usage], now, undefined, "to move the data away")
      return true
    } catch {
      return false
    }
  }
  expect(allUsages.filter(isExcused).toSorted()).toEqual(["decrypt", "unwrap", "verify"])
})

test.for(KeyState.options)("an old version that is %s protects nothing, whatever the key is", (state) => {
  const key = aKey({
    usages: allUsages,
    currentVersion: 2,
    versions: [aVersion({ state }), aVersion({ version: 2 })],
  })
  const protecting = allUsages.filter(
    (usage) => isAllowed(key, usage, 1) && !["verify", "decrypt", "unwrap"].includes(usage),
  )
  expect(protecting).toEqual([])
})

test("a use outside of a key's usages is refused with what they are", () => {
  const detailOf = (usages: Key["usages"]) =>
    vaultErrorOf(() => versionForUse(keyIn("active", { name: "exp", purpose: "encryption", usages }), ["encrypt"], now))
      .detail
  expect(detailOf(["decrypt"])).toBe("usages-within-purpose: exp can't encrypt: its usages are decrypt")
  expect(detailOf([])).toBe("usages-within-purpose: exp can't encrypt: its usages are none")
})

test("a key whose usages do not name a use is refused before its state is looked at", () => {
  const key = keyIn("destroyed", { usages: ["encrypt"] })
  expect(vaultErrorOf(() => versionForUse(key, ["sign"], now)).code).toBe("POLICY_DENIED")
  expect(vaultErrorOf(() => versionForUse(key, ["encrypt"], now)).code).toBe("STATE_DENIED")
})

test("any one of several usages permits the use", () => {
  expect(versionForUse(aKey(), ["wrap", "encrypt"], now).version).toBe(1)
  expect(vaultErrorOf(() => versionForUse(aKey(), ["wrap", "sign"], now)).code).toBe("POLICY_DENIED")
})

test("the current version does the work unless another is named", () => {
  const key = aKey({ currentVersion: 2, versions: [aVersion({ state: "deactivated" }), aVersion({ version: 2 })] })
  expect(versionForUse(key, ["encrypt"], now).version).toBe(2)
  expect(versionForUse(key, ["decrypt"], now, 1).version).toBe(1)
  expect(vaultErrorOf(() => versionForUse(key, ["encrypt"], now, 1)).code).toBe("STATE_DENIED")
  expect(vaultErrorOf(() => versionForUse(key, ["encrypt"], now, 3)).code).toBe("NOT_FOUND")
})

test("a key expires at its moment, not a millisecond later", () => {
  expect(isAllowed(keyIn("active", { expiresAt: after }), "encrypt")).toBe(true)
  expect(isAllowed(keyIn("active", { expiresAt: now }), "encrypt")).toBe(false)
  expect(isAllowed(keyIn("active", { expiresAt: before }), "encrypt")).toBe(false)
  expect(isAllowed(keyIn("active", { expiresAt: before }), "decrypt")).toBe(true)
})

test("a key begins at its moment, not a millisecond earlier", () => {
  expect(isAllowed(keyIn("active", { activatesAt: after }), "encrypt")).toBe(false)
  expect(isAllowed(keyIn("active", { activatesAt: now }), "encrypt")).toBe(true)
})

test("a superseded version decrypts until its grace ends, and not at the end", () => {
  const withGrace = (decryptOnlyUntil: string) =>
    aKey({
      currentVersion: 2,
      versions: [aVersion({ state: "deactivated", decryptOnlyUntil }), aVersion({ version: 2 })],
    })
  expect(versionForUse(withGrace(after), ["decrypt"], now, 1).version).toBe(1)
  expect(vaultErrorOf(() => versionForUse(withGrace(now), ["decrypt"], now, 1)).code).toBe("STATE_DENIED")
})

test("a destroyed version is refused, although its key lives on", () => {
  const key = aKey({ currentVersion: 2, versions: [aVersion({ state: "destroyed" }), aVersion({ version: 2 })] })
  const { code, detail } = vaultErrorOf(() => versionForUse(key, ["decrypt"], now, 1))
  expect([code, detail]).toEqual(["STATE_DENIED", "version 1 of a key is destroyed"])
})

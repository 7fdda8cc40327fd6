import { expect, test } from "vitest"
import { lockLimits, requireWithinLimits, withinLimits } from "../../../main/domain/lock-limits.ts"
import { effectivePolicy } from "../../../main/domain/policy-profiles.ts"
import type { PolicyFile } from "../../../preload/contract/policy-file.ts"
import { defaultPreferences } from "../../../preload/contract/preferences.ts"

const limitsOf = (policies: Readonly<Record<string, PolicyFile["lock"]>>) =>
  lockLimits(
    Object.entries(policies).map(([keyring, lock]) => ({
      keyring,
      policy: effectivePolicy({ profile: "personal", ...(lock === undefined ? {} : { lock }) }),
    })),
  )

test("of several keyrings the strictest holds, and is named", () => {
  const limits = limitsOf({
    loose: { afterIdle: 3600 },
    strict: { afterIdle: 60, onSuspend: true },
    personal: undefined,
  })
  expect(limits).toEqual({
    afterIdle: { seconds: 60, keyring: "strict" },
    afterIdleOnSeeds: null,
    onScreenLock: null,
    onSuspend: { keyring: "strict" },
    onClose: null,
  })
})

test("a person's own settings hold where they are stricter, and the policy's where not", () => {
  const own = { ...defaultPreferences, lockAfterIdle: 300, lockAfterIdleOnSeeds: 30, lockOnClose: false }
  const limits = limitsOf({ a: { afterIdle: 120, afterIdleOnSeeds: 120, onClose: true } })
  expect(withinLimits(own, limits)).toEqual({ ...own, lockAfterIdle: 120, lockAfterIdleOnSeeds: 30, lockOnClose: true })
  expect(withinLimits(own, limitsOf({}))).toEqual(own)
})

test.for([
  [{ lockAfterIdle: 121 }, "The policy of a has the vault lock after 120 seconds without use, at the latest."],
  [
    { lockAfterIdleOnSeeds: 61 },
    "The policy of a has the vault lock after 60 seconds without use on screens with seeds",
  ],
  [{ lockOnScreenLock: false }, "The policy of a has the vault lock when the screen is locked."],
  [{ lockOnSuspend: false }, "The policy of a has the vault lock when the machine goes to sleep."],
  [{ lockOnClose: false }, "The policy of a has the vault lock when the window is closed."],
] as const)("lock-times: %j is refused, with what can be done", ([changes, says]) => {
  const lock = { afterIdle: 120, afterIdleOnSeeds: 60, onScreenLock: true, onSuspend: true, onClose: true }
  expect(() => requireWithinLimits(changes, limitsOf({ a: lock }))).toThrow(
    expect.objectContaining({ code: "POLICY_DENIED", detail: expect.stringContaining(`lock-times: ${says}`) }),
  )
})

test("lock-times: what is as strict as the policy, or is about something else, is allowed", () => {
  const limits = limitsOf({ a: { afterIdle: 120, onSuspend: true } })
  const changes = { lockAfterIdle: 120, lockAfterIdleOnSeeds: 86_400, lockOnSuspend: true, lockOnClose: false }
  expect(() => requireWithinLimits(changes, limits)).not.toThrow()
})

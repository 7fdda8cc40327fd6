import { expect, test } from "vitest"
import { emptyDraft, requestOf } from "../../renderer/features/event/event-draft.ts"

const filled = {
  ...emptyDraft,
  owner: " ann ",
  environment: "production",
  algorithms: ["rsa-2048"],
  keys: ["deploy"],
  reason: "left",
} as const

test("an event asks for what its kind needs, and for nothing that was typed for another kind", () => {
  expect(requestOf(filled)).toEqual({ kind: "owner-departed", owner: "ann", reason: "left" })
  expect(requestOf({ ...filled, kind: "suspicion", keyring: "payroll" })).toEqual({
    kind: "suspicion",
    keys: ["deploy"],
    keyring: "payroll",
    reason: "left",
  })
})

test("nothing is asked while the reason, or what it is about, is missing", () => {
  expect(requestOf({ ...filled, reason: " " })).toBeNull()
  expect(requestOf({ ...filled, owner: " " })).toBeNull()
  expect(requestOf({ ...filled, kind: "compliance-change", algorithms: [] })).toBeNull()
})

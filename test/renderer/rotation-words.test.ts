import { expect, test } from "vitest"
import type { RotationObject } from "../../preload/contract/rotation.ts"
import { lengthWords } from "../../renderer/features/key-actions/counted.ts"
import { actsOf } from "../../renderer/features/rotation/rotation-act.ts"
import { goingWords, stepsOf } from "../../renderer/features/rotation/rotation-words.ts"

const begun: RotationObject = {
  keyId: "01JD0000000000000000000000",
  name: "payroll",
  fromVersion: 1,
  toVersion: 2,
  phase: "made",
  isPaused: false,
  startedAt: "2026-11-01T00:00:00.000Z",
  grace: "30d",
  graceEndsAt: null,
  wasDueAt: null,
  next: "test",
  waitsFor: [],
  dataKeysLeft: 3,
  bearsOn: [],
}
const switched: RotationObject = {
  ...begun,
  phase: "switched",
  next: "retire",
  graceEndsAt: "2026-12-01T00:00:00.000Z",
  waitsFor: ["the grace ends at 2026-12-01T00:00:00.000Z"],
}

const doneOf = (rotation: RotationObject, at: string) =>
  stepsOf(rotation, Date.parse(at))
    .filter(({ isDone }) => isDone)
    .map(({ name }) => name)

test("each step is done when the vault shows it, and the old version is never retired by itself", () => {
  expect(doneOf(begun, "2026-11-02")).toEqual(["Create"])
  expect(doneOf(switched, "2026-11-30")).toEqual(["Create", "Test", "Switch"])
  expect(doneOf({ ...switched, dataKeysLeft: 0 }, "2026-12-01")).toEqual(["Create", "Test", "Switch", "Grace", "Check"])
})

test("data keys are moved after the switch, and only where some are left", () => {
  const names = (rotation: RotationObject) => actsOf(rotation).map(({ name }) => name)
  expect(names(begun)).toEqual(["advance", "pause-rotation", "roll-back"])
  expect(names(switched)).toEqual(["advance", "rewrap", "pause-rotation", "roll-back"])
  expect(names({ ...switched, dataKeysLeft: 0, isPaused: true })).toEqual(["advance", "resume-rotation", "roll-back"])
})

test("a time that is waited for is told as people write it", () => {
  expect(goingWords(switched)).toMatch(
    /^next: retire version 1; waits: the grace ends at \d+ [A-Z][a-z]+ 202\d, [\d:]+$/,
  )
})

test.for([
  ["1h", "1 hour"],
  ["30d", "30 days"],
  ["2w", "2 weeks"],
  ["1y", "1 year"],
] as const)("%s is told as %s", ([length, words]) => {
  expect(lengthWords(length)).toBe(words)
})

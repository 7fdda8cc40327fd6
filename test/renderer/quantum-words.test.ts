import { expect, test } from "vitest"
import { outlookWords } from "../../renderer/features/health/quantum-words.ts"

test("how long keys must protect is said of those that there are, and not of none", () => {
  expect(outlookWords({ "too-long": 1, "in-time": 0, unsaid: 3 })).toBe(
    "1 key must protect for longer than until quantum computers are expected. Of 3 keys nobody has said how long.",
  )
  expect(outlookWords({ "too-long": 0, "in-time": 1, unsaid: 0 })).toBe("1 key is done with protecting before that.")
})

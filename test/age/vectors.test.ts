import { expect, test } from "vitest"
import { chachaProvider } from "../../main/crypto/chacha20-poly1305.ts"
import { ageVectors } from "./age-vector.ts"
import { openVector, outcomes } from "./open-vector.ts"

test("all of the testkit is here, and the runtime's own cipher opens it", () => {
  expect(ageVectors).toHaveLength(143)
  expect(chachaProvider).toBe("runtime")
})

test.for(ageVectors)("$name: $expected", async (vector) => {
  const { outcome, payload } = await openVector(vector)
  expect(outcome).toBe(outcomes[vector.expected])
  if (vector.payload !== null) expect(payload).toBe(vector.payload)
})

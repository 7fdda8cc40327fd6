import { expect, test } from "vitest"
import { testConformance } from "./conformance.ts"
import { opencryptoki } from "./opencryptoki.ts"

testConformance(opencryptoki, (subject) => {
  test("the label that it was given has nothing of our memory behind it", async () => {
    expect((await subject().client.find(subject().token)).label).toBe("ocktoken")
  })
})

import { expect, test } from "vitest"
import { countdownTo } from "../../renderer/features/keys/countdown.ts"

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

test("what waits for its destruction counts the days, and is not said to be destroyed before it is", () => {
  expect(countdownTo(inDays(30))).toBe("destroyed in 30 days")
  expect(countdownTo(inDays(-3))).toBe("destruction due")
})

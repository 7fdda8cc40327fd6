import { expect, test } from "vitest"
import { aboutWords } from "../../renderer/features/event/event-words.ts"

const about = { owner: null, environment: null, algorithms: null, keyring: null }

test("an event about many keys is called by the first of them", () => {
  expect(aboutWords({ ...about, keys: ["a", "b", "c"] })).toBe("a, b, c")
  expect(aboutWords({ ...about, keys: ["a", "b", "c", "d", "e"], keyring: "shop" })).toBe("a, b, c and 2 more, in shop")
})

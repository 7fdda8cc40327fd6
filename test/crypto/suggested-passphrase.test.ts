import { expect, test } from "vitest"
import { suggestPassphrase } from "../../main/crypto/suggested-passphrase.ts"
import { loadWordList } from "../../main/crypto/wallets/bip39/word-list.ts"

async function suggestions(count: number): Promise<string[]> {
  const made = await Promise.all(Array.from({ length: count }, suggestPassphrase))
  return made.map(({ passphrase }) => new TextDecoder().decode(passphrase.bytes))
}

test("a suggestion is seven words of the list, 77 bits", async () => {
  const { words } = await loadWordList("english")
  const { bits, passphrase } = await suggestPassphrase()
  const drawn = new TextDecoder().decode(passphrase.bytes).split(" ")
  expect(drawn).toHaveLength(7)
  expect(drawn.filter((word) => !words.includes(word))).toEqual([])
  expect(bits).toBe(77)
})

test("every word of the list comes up, none much more often than the others", async () => {
  const counts = new Map<string, number>()
  for (const word of (await suggestions(6000)).flatMap((text) => text.split(" "))) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  expect(counts.size).toBe(2048)
  // 42,000 draws: 20.5 of each on average, with a deviation of 4.5.
  expect(Math.max(...counts.values())).toBeLessThan(20.5 + 7 * 4.5)
})

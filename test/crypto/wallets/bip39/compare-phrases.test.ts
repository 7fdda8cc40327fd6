import fc from "fast-check"
import { expect, test } from "vitest"
import { comparePhrase } from "../../../../main/crypto/wallets/bip39/compare-phrases.ts"
import { bip39Languages } from "../../../../main/crypto/wallets/bip39/language.ts"
import { writePhrase } from "../../../../main/crypto/wallets/bip39/write-phrase.ts"
import { bytesOf, textOf, utf8 } from "../read-vectors.ts"

const entropy = bytesOf("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f")
const legal = "legal winner thank year wave sausage worth useful legal winner thank yellow"
const right = { matches: true, wrongPositions: [] }

test.for([
  legal,
  legal.toUpperCase(),
  `\n${legal.replaceAll(" ", "\n")}\n`,
  legal.replace(/\S+/g, (word) => word.slice(0, 4)),
])("%j is a copy that matches", async (copy) => {
  expect(await comparePhrase(utf8(copy), entropy, "english")).toEqual(right)
})

test.for([
  [legal.replace("year", "yeer"), [4]],
  [legal.replace("legal winner", "winner legal"), [1, 2]],
  [legal.replace("thank yellow", "yellow thank"), [11, 12]],
  [legal.replace(" yellow", ""), [12]],
  [`${legal} zoo`, [13]],
  [`${legal} qqq`, [13]],
  [legal.replace("winner ", ""), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ["", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ["legal qqq", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
] as const)("%j is wrong at %j", async ([copy, wrongPositions]) => {
  expect(await comparePhrase(utf8(copy), entropy, "english")).toEqual({ matches: false, wrongPositions })
})

test("a written phrase matches in every language, and with one word replaced is wrong in that place alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bip39Languages), fc.nat({ max: 11 }), async (language, place) => {
      const words = textOf((await writePhrase(entropy, language)).bytes)
      expect(await comparePhrase(utf8(words.normalize("NFC")), entropy, language)).toEqual(right)
      const changed = words.split(/[ \u3000]/).with(place, "qqq")
      const comparison = { matches: false, wrongPositions: [place + 1] }
      expect(await comparePhrase(utf8(changed.join(" ")), entropy, language)).toEqual(comparison)
    }),
  )
})

test("a copy in another language is wrong nearly everywhere, and not an error", async () => {
  const { matches, wrongPositions } = await comparePhrase(utf8(legal), entropy, "czech")
  expect(matches).toBe(false)
  expect(wrongPositions.length).toBeGreaterThan(9)
})

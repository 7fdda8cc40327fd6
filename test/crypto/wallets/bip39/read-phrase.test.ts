import { validateMnemonic } from "@scure/bip39"
import { wordlist as englishWords } from "@scure/bip39/wordlists/english.js"
import fc from "fast-check"
import { expect, test } from "vitest"
import { entropySize, phraseLengths } from "../../../../main/crypto/wallets/bip39/entropy-code.ts"
import { type Bip39Language, bip39Languages, habits } from "../../../../main/crypto/wallets/bip39/language.ts"
import { readPhrase } from "../../../../main/crypto/wallets/bip39/read-phrase.ts"
import { writePhrase } from "../../../../main/crypto/wallets/bip39/write-phrase.ts"
import { VaultError } from "../../../../main/domain/vault-error.ts"
import { bytesOf, hexOf, textOf, utf8 } from "../read-vectors.ts"

const legal = "legal winner thank year wave sausage worth useful legal winner thank yellow"
const legalEntropy = "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f"

const anyEntropy = fc
  .constantFrom(...phraseLengths)
  .chain((words) => fc.uint8Array({ minLength: entropySize(words), maxLength: entropySize(words) }))
const anyLanguage = fc.constantFrom(...bip39Languages)

async function entropyOf(text: string, language?: Bip39Language): Promise<string> {
  return hexOf((await readPhrase(utf8(text), language)).entropy.bytes)
}

async function failure(text: string | Uint8Array, language?: Bip39Language): Promise<VaultError> {
  const bytes = typeof text === "string" ? utf8(text) : text
  const error: unknown = await readPhrase(bytes, language).then(
    () => "read",
    (thrown: unknown) => thrown,
  )
  if (error instanceof VaultError) return error
  throw new Error("no VaultError", { cause: error })
}

test("what was written is read, in every language and length", async () => {
  await fc.assert(
    fc.asyncProperty(anyEntropy, anyLanguage, async (entropy, language) => {
      const words = await writePhrase(entropy, language)
      expect(await entropyOf(textOf(words.bytes), language)).toBe(hexOf(entropy))
    }),
  )
})

test.for([
  ["upper case", legal.toUpperCase()],
  ["white space around and between", `\uFEFF \t${legal.replaceAll(" ", " \r\n\t ")}\n\n`],
  ["ideographic spaces", legal.replaceAll(" ", "\u3000")],
  ["spaces that do not break", legal.replaceAll(" ", "\u00A0")],
  ["four letters of each word", legal.replace(/\S+/g, (word) => word.slice(0, 4))],
  ["full-width letters", legal.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))],
] as const)("%s make no difference", async ([, text]) => {
  expect(await entropyOf(text)).toBe(legalEntropy)
})

test("composed and decomposed letters, and upper case, are the same words", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyEntropy,
      anyLanguage,
      fc.constantFrom("NFC", "NFD", "NFKC", "NFKD"),
      async (entropy, language, form) => {
        const words = textOf((await writePhrase(entropy, language)).bytes)
        expect(await entropyOf(words.normalize(form), language)).toBe(hexOf(entropy))
        expect(await entropyOf(words.normalize(form).toUpperCase(), language)).toBe(hexOf(entropy))
      },
    ),
  )
})

test("in Latin lists marks may be missing", async () => {
  const latin = bip39Languages.filter((language) => habits[language].isLatin)
  await fc.assert(
    fc.asyncProperty(anyEntropy, fc.constantFrom(...latin), async (entropy, language) => {
      const words = textOf((await writePhrase(entropy, language)).bytes)
      expect(await entropyOf(words.normalize("NFD").replace(/[\u0300-\u036f]/g, ""), language)).toBe(hexOf(entropy))
    }),
  )
})

test("Japanese is written with the ideographic space", async () => {
  const words = textOf((await writePhrase(bytesOf(legalEntropy), "japanese")).bytes)
  expect(words.split("\u3000")).toHaveLength(12)
})

test.for([
  ["abandon ".repeat(11), "there are 11 words: a phrase has 12, 15, 18, 21 or 24"],
  ["", "there are 0 words: a phrase has 12, 15, 18, 21 or 24"],
  [legal.replace("sausage", "sossage"), "word 6 is not in the english list"],
  [legal.replace("legal", "lagal"), "word 1 is in no word list"],
  ["的 ".repeat(6) + "abandon ".repeat(6), "word 7 is not in the chinese simplified list"],
  [legal.replace("yellow", "あおぞら"), "word 12 is not in the english list"],
] as const)("%s: %s", async ([text, detail]) => {
  expect(await failure(text)).toMatchObject({ code: "INVALID_INPUT", detail })
})

test("a word that is of another language than the one told is named by its place", async () => {
  expect((await failure(legal, "french")).detail).toMatch(/^word \d+ is not in the french list$/)
})

test("words that two lists have, in an order that fits one of them, are read by that one", async () => {
  const shared = ["accident", "client", "danger", "double", "fragile", "fruit", "impact", "matrice", "minute", "nation"]
  // English and French share these; "matrice" is French alone, and settles it.
  const { detail } = await failure(`${shared.join(" ")} danger danger`)
  expect(detail).toMatch(/^(the checksum|word \d+ is not in the)/)
})

test("a phrase that fits two lists is not guessed at", async () => {
  // The first characters of the two Chinese lists are the same.
  const text = `${"的 ".repeat(11)}在`
  expect(await failure(text)).toMatchObject({
    code: "INVALID_INPUT",
    detail: "the words are in several lists: say which is meant, chinese simplified or chinese traditional",
  })
  expect(await entropyOf(text, "chinese_simplified")).toBe("00".repeat(16))
})

test("one letter too many in one word: the place is told", async () => {
  // "winner" and "winter" are one letter apart.
  const { code, detail } = await failure(legal.replace("winner", "winter"))
  expect(code).toBe("INVALID_INPUT")
  expect(detail).toMatch(
    /^the checksum does not fit: a word is wrong or out of order; if one word is wrong, it may be word (\d+ or )*2( or \d+)*$/,
  )
})

test("no failure repeats a word", async () => {
  const words = new Set(englishWords)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...englishWords), { minLength: 12, maxLength: 12 }),
      fc.nat({ max: 11 }),
      fc.constantFrom("", "qqqq", "Abandonn"),
      async (phrase, place, wrong) => {
        const text = wrong === "" ? phrase : phrase.with(place, wrong)
        fc.pre(!validateMnemonic(text.join(" "), englishWords))
        const { message } = await failure(text.join(" "))
        // Our own sentences have words of the list too: those that stand in no phrase of theirs.
        const own = new Set(
          "input the checksum does not fit a word is wrong or out of order if one it may be in no english list".split(
            " ",
          ),
        )
        expect(message.split(/[^a-z]+/).filter((part) => words.has(part) && !own.has(part))).toEqual([])
        expect(message).not.toContain("qqqq")
        expect(message.toLowerCase()).not.toContain("abandonn")
      },
    ),
  )
})

test("whatever is read, it is a phrase or a VaultError", async () => {
  const pieces = fc.constantFrom(
    ...englishWords.slice(0, 50),
    "的",
    "あおぞら",
    "가격",
    "\u3000",
    "\n",
    "ÁBACO",
    "0",
    "\0",
  )
  const texts = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: "binary", maxLength: 300 }).map(utf8),
    fc.array(pieces, { maxLength: 30 }).map((parts) => utf8(parts.join(" "))),
  )
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const result: unknown = await readPhrase(text).catch((error: unknown) => error)
      if (result instanceof Error) expect(result).toBeInstanceOf(VaultError)
    }),
    { numRuns: 500 },
  )
})

test("a text of megabytes is refused at once", async () => {
  const { detail } = await failure(new Uint8Array(2 ** 24).fill(0x61))
  expect(detail).toBe("the words: more than 4096 bytes")
})

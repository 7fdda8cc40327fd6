import { expect, test } from "vitest"
import { z } from "zod"
import { ExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/extended-private-key.ts"
import { writeExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/serialization.ts"
import { bip39Languages } from "../../../../main/crypto/wallets/bip39/language.ts"
import { phraseSeed } from "../../../../main/crypto/wallets/bip39/phrase-seed.ts"
import { readPhrase } from "../../../../main/crypto/wallets/bip39/read-phrase.ts"
import { writePhrase } from "../../../../main/crypto/wallets/bip39/write-phrase.ts"
import { Secret } from "../../../../main/domain/secret.ts"
import { bytesOf, hexOf, readVectors, textOf, utf8 } from "../read-vectors.ts"

const Vector = z.tuple([z.string(), z.string(), z.string(), z.string()])
const vectors = readVectors("bip39/trezor.json", z.record(z.string(), z.array(Vector)))
const japanese = readVectors(
  "bip39/japanese-passphrases.json",
  z.array(
    z.object({
      entropy: z.string(),
      mnemonic: z.string(),
      passphrase: z.string(),
      seed: z.string(),
      bip32_xprv: z.string(),
    }),
  ),
)

test.for(bip39Languages)("all published vectors of %s come out: words, entropy, seed, root", async (language) => {
  const ofLanguage = vectors[language] ?? []
  expect(ofLanguage).toHaveLength(24)
  for (const [entropy, mnemonic, seed, xprv] of ofLanguage) {
    expect(textOf((await writePhrase(bytesOf(entropy), language)).bytes)).toBe(
      mnemonic.normalize("NFKD").replaceAll(" ", language === "japanese" ? "\u3000" : " "),
    )
    const phrase = await readPhrase(utf8(mnemonic), language)
    expect(hexOf(phrase.entropy.bytes)).toBe(entropy)
    const ours = await phraseSeed(phrase.entropy.bytes, language, new Secret(Buffer.from("TREZOR")))
    expect(hexOf(ours.bytes)).toBe(seed)
    expect(textOf(writeExtendedPrivateKey(ExtendedPrivateKey.fromSeed(ours.bytes)).bytes)).toBe(xprv)
  }
})

test("the language of every vector is found out, where its words are of one list only", async () => {
  for (const language of bip39Languages) {
    for (const [, mnemonic] of vectors[language] ?? []) {
      const found = await readPhrase(utf8(mnemonic)).then(
        (phrase) => phrase.language,
        ({ detail }) => detail,
      )
      const isChinese = language.startsWith("chinese")
      expect([
        language,
        isChinese ? expect.stringContaining("chinese simplified or chinese traditional") : language,
      ]).toContainEqual(found)
    }
  }
})

test("passphrases in Japanese are normalized as the standard says", async () => {
  expect(japanese).toHaveLength(24)
  for (const { entropy, mnemonic, passphrase, seed, bip32_xprv: xprv } of japanese) {
    const phrase = await readPhrase(utf8(mnemonic))
    expect(phrase.language).toBe("japanese")
    expect(hexOf(phrase.entropy.bytes)).toBe(entropy)
    const ours = await phraseSeed(phrase.entropy.bytes, "japanese", new Secret(Buffer.from(passphrase)))
    expect(hexOf(ours.bytes)).toBe(seed)
    expect(textOf(writeExtendedPrivateKey(ExtendedPrivateKey.fromSeed(ours.bytes)).bytes)).toBe(xprv)
  }
})

import fc from "fast-check"
import { expect, test } from "vitest"
import { aesKeyWrap } from "../../main/crypto/algorithms/aes-key-wrap.ts"
import { unwrapMaterial, wrapMaterial } from "../../main/crypto/algorithms/key-wrapping.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { sampleKey } from "../formats/sample-keys.ts"
import { answersTo, wycheproof } from "./wycheproof.ts"

test("AES-KWP: every valid wrapping of Wycheproof is opened and made, no invalid one is opened", async () => {
  const answers = await answersTo(wycheproof("aes_kwp"), async (question) => {
    using opened = await aesKeyWrap.unwrap(question.bytes("key"), question.bytes("ct"))
    if (opened === null || Buffer.compare(opened.bytes, question.bytes("msg")) !== 0) return false
    const made = await aesKeyWrap.wrap(question.bytes("key"), question.bytes("msg"))
    return Buffer.compare(made, question.bytes("ct")) === 0
  })
  expect(answers).toEqual({ wrong: [], acceptable: {}, valid: 77, invalid: 177 })
})

test.for([
  ["rsa-2048", "rsa-oaep-sha256-aes-kwp"],
  ["rsa-2048", "rsa-oaep-sha1-aes-kwp"],
  ["aes-256", "aes-kwp"],
] as const)("%s: what %s wraps it unwraps, and nothing that was changed or cut", async ([algorithm, mechanism]) => {
  using material = await sampleKey(algorithm)
  const key = algorithm === "aes-256" ? material.bytes : publicKeyOf(material.bytes)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.nat(), async (secret, place) => {
      const wrapped = await wrapMaterial(algorithm, mechanism, key, secret)
      using opened = await unwrapMaterial(algorithm, mechanism, material.bytes, wrapped)
      expect(opened?.bytes).toEqual(new Uint8Array(secret))
      const changed = wrapped.map((octet, index) => (index === place % wrapped.length ? octet ^ 0x40 : octet))
      expect(await unwrapMaterial(algorithm, mechanism, material.bytes, changed)).toBeNull()
      expect(await unwrapMaterial(algorithm, mechanism, material.bytes, wrapped.subarray(0, -8))).toBeNull()
    }),
    { numRuns: 10 },
  )
})

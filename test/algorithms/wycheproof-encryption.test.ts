import { expect, test } from "vitest"
import { decrypt } from "../../main/crypto/algorithms/encryption.ts"
import { mac, verifyMac } from "../../main/crypto/algorithms/message-authentication.ts"
import type { Algorithm, Mechanism } from "../../preload/contract/values.ts"
import { answersTo, type WycheproofCase, type WycheproofGroup, wycheproof } from "./wycheproof.ts"

/** Nonce and tag have one size with us; what has another is not ours to open. */
function withOurSizes(groups: readonly WycheproofGroup[]): readonly WycheproofGroup[] {
  return groups.filter((group) => group.size("ivSize") === 96 && group.size("tagSize") === 128)
}

async function opens(algorithm: Algorithm, mechanism: Mechanism, question: WycheproofCase): Promise<boolean> {
  const sealed = Buffer.concat([question.bytes("iv"), question.bytes("ct"), question.bytes("tag")])
  using plaintext = await decrypt(algorithm, mechanism, question.bytes("key"), sealed, question.bytes("aad"))
  return plaintext !== null && Buffer.compare(plaintext.bytes, question.bytes("msg")) === 0
}

const aesOfSize: Readonly<Record<number, Algorithm>> = { 128: "aes-128", 192: "aes-192", 256: "aes-256" }

test("AES-GCM: every valid ciphertext of Wycheproof opens, no invalid one does", async () => {
  const groups = withOurSizes(wycheproof("aes_gcm"))
  const answers = await answersTo(groups, (question, group) =>
    opens(aesOfSize[group.size("keySize")] ?? "secret", "aes-gcm", question),
  )
  expect(answers).toEqual({ wrong: [], acceptable: {}, valid: 116, invalid: 81 })
})

test("ChaCha20-Poly1305: every valid ciphertext of Wycheproof opens, no invalid one does", async () => {
  const groups = withOurSizes(wycheproof("chacha20_poly1305"))
  const answers = await answersTo(groups, (question) => opens("chacha20-poly1305", "chacha20-poly1305", question))
  expect(answers).toEqual({ wrong: [], acceptable: {}, valid: 256, invalid: 60 })
})

test("RSA-OAEP: every valid ciphertext of Wycheproof with an empty label opens, no other one does", async () => {
  const groups = wycheproof("rsa_oaep_2048_sha256_mgf1sha256")
  const { wrong, valid, invalid } = await answersTo(groups, async (question, group) => {
    const material = group.bytes("privateKeyPkcs8")
    using opened = await decrypt("rsa-2048", "rsa-oaep-sha256", material, question.bytes("ct"), new Uint8Array())
    return opened !== null && Buffer.compare(opened.bytes, question.bytes("msg")) === 0
  })
  const labelled = groups
    .flatMap(({ tests }) => tests)
    .filter((question) => question.result === "valid" && question.bytes("label").length > 0)
  expect(wrong).toEqual(labelled.map(({ tcId }) => tcId))
  expect({ valid, invalid, labelled: labelled.length }).toEqual({ valid: 18, invalid: 19, labelled: 8 })
})

test.for([
  ["hmac-sha256", "hmac_sha256", 256],
  ["hmac-sha512", "hmac_sha512", 512],
] as const)("%s: every valid code of Wycheproof verifies, no invalid one does", async ([algorithm, file, size]) => {
  const whole = wycheproof(file).filter((group) => group.size("tagSize") === size)
  const answers = await answersTo(whole, (question) =>
    verifyMac(algorithm, question.bytes("key"), question.bytes("msg"), question.bytes("tag")),
  )
  expect(answers).toEqual({ wrong: [], acceptable: {}, valid: 33, invalid: 54 })
})

test("a shortened code does not verify, even where its octets are right", async () => {
  const short = wycheproof("hmac_sha256").filter((group) => group.size("tagSize") === 128)
  const [question] = short.flatMap(({ tests }) => tests).filter(({ result }) => result === "valid")
  if (question === undefined) throw new Error("no case")
  const [key, message, code] = [question.bytes("key"), question.bytes("msg"), question.bytes("tag")]
  expect((await mac("hmac-sha256", key, message)).subarray(0, 16)).toEqual(code)
  expect(await verifyMac("hmac-sha256", key, message, code)).toBe(false)
})

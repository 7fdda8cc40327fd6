import { expect, test } from "vitest"
import { generateMaterial } from "../../main/crypto/algorithms/material.ts"
import { nobleSignature } from "../../main/crypto/algorithms/noble-signature.ts"
import { nodeSignature } from "../../main/crypto/algorithms/node-signature.ts"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import { publicKeyByNoble, publicKeyByNode } from "../../main/crypto/formats/lattice-private-key.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { expandedKeyOf, nobleMlDsa } from "../../main/crypto/post-quantum/noble-lattices.ts"
import { signatureSizes } from "../../main/crypto/post-quantum/parameter-sets.ts"
import { runtimeHas, runtimeReadsExpanded } from "../../main/crypto/post-quantum/runtime-support.ts"
import { hexOf, materialOfExpanded, spkiOf } from "./post-quantum-keys.ts"
import { answersTo, type WycheproofCase, type WycheproofGroup, wycheproof } from "./wycheproof.ts"

const algorithms = ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87"] as const
const message = Buffer.from("What is signed here")

test("the runtime of these tests has ML-DSA, so that both implementations are tested", () => {
  expect(algorithms.map((algorithm) => runtimeHas(algorithm) && runtimeReadsExpanded(algorithm))).toEqual([
    true,
    true,
    true,
  ])
})

/** RFC 9881, C.2: the public keys of the seed 00 01 02 … 1f, by the first two lines of their PEM. */
test.for([
  [
    "ml-dsa-44",
    "MIIFMjALBglghkgBZQMEAxEDggUhANeytHJUquDbReeTDUqY0sl9jxOX0Xidr6FwJLMW6b7JT8mUbULxm3mnQTu6oz5xSctC7VEVaTrAQfrLmIretf4OHYYxGEmVtZLD",
  ],
  [
    "ml-dsa-65",
    "MIIHsjALBglghkgBZQMEAxIDggehAEhoPZGXjjHrPd24sEc0gtK4il9iWUn9j1ilYeaWvUwn0Fs427Lt8B5mTv2Bvh6ok2iM5oqi1RxZWPi7xutOie5n0sAyCVTVchLK",
  ],
  [
    "ml-dsa-87",
    "MIIKMjALBglghkgBZQMEAxMDggohAJeSvOwvJDBoaoL8zzwvX/Zl53HXq0G5AljPp+kOyXEkpzsyO5uiGrZNdnxDP1pSHv/hj4bkahiJUsRGfgSLcp5/xNEV5+SNoYlt",
  ],
] as const)("%s: from the seed of RFC 9881 comes its public key, in both implementations", ([algorithm, start]) => {
  const seed = Uint8Array.from({ length: 32 }, (_, index) => index)
  const parts = { kind: "lattice", algorithm, seed, expanded: null } as const
  for (const publicKey of [publicKeyByNode(parts), publicKeyByNoble(parts)]) {
    expect(Buffer.from(spkiOf(algorithm, publicKey)).toString("base64").slice(0, start.length)).toBe(start)
  }
})

/** noble without its thread, which would start a hundred times. */
async function nobleVerifies(spki: Uint8Array, text: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const { algorithm, parts } = decodePublicKeyInfo(spki)
  if (parts.kind !== "lattice" || algorithm !== "ml-dsa-65") throw new TypeError("another algorithm")
  return (
    signature.length === signatureSizes[algorithm] && nobleMlDsa[algorithm].verify(signature, text, parts.publicKey)
  )
}

test.for([
  ["node:crypto", nodeSignature(null).verify],
  ["noble", nobleVerifies],
] as const)(
  "ML-DSA-65, %s: Wycheproof's valid signatures of no context verify, no other one does",
  async ([, verifies]) => {
    const withContext: number[] = []
    const answers = await answersTo(
      wycheproof("mldsa_65_verify"),
      async (question: WycheproofCase, group: WycheproofGroup) => {
        const { flags, tcId } = question
        if (question.result === "valid" && question.optionalText("ctx") !== "") withContext.push(tcId)
        const spki = group.bytes("publicKeyDer")
        if (flags.includes("IncorrectPublicKeyLength")) {
          expect(() => decodePublicKeyInfo(spki)).toThrow("not 1952 bytes")
          return false
        }
        return verifies(spki, question.bytes("msg"), question.bytes("sig"))
      },
    )
    expect(withContext).toEqual([3, 4])
    expect(answers).toEqual({ wrong: withContext, acceptable: {}, valid: 42, invalid: 56 })
  },
)

test.for(algorithms)(
  "%s: either implementation verifies what the other signed",
  { timeout: 60_000 },
  async (algorithm) => {
    using material = await generateMaterial(algorithm)
    const spki = publicKeyOf(material.bytes)
    const [byNode, byNoble] = [nodeSignature(null), nobleSignature(algorithm)]
    const signatures = [await byNode.sign(material.bytes, message), await byNoble.sign(material.bytes, message)]
    for (const signature of signatures) {
      expect(signature).toHaveLength(signatureSizes[algorithm])
      expect(await byNode.verify(spki, message, signature)).toBe(true)
      expect(await byNoble.verify(spki, message, signature)).toBe(true)
      expect(await byNoble.verify(spki, Buffer.from("something else"), signature)).toBe(false)
      expect(await byNoble.verify(spki, message, signature.subarray(1))).toBe(false)
    }
  },
)

test.for(algorithms)("%s: a key without its seed signs as the same key, in both implementations", async (algorithm) => {
  using material = await generateMaterial(algorithm)
  const { parts } = decodePrivateKeyInfo(material.bytes)
  if (parts.kind !== "lattice" || parts.seed === null) throw new Error("no seed")
  using expanded = expandedKeyOf(algorithm, parts.seed)
  const whole = materialOfExpanded(algorithm, expanded.bytes)
  const spki = publicKeyOf(material.bytes)
  expect(hexOf(publicKeyOf(whole))).toBe(hexOf(spki))
  const signatures = [
    await sign(algorithm, "ml-dsa", whole, message),
    await nobleSignature(algorithm).sign(whole, message),
  ]
  for (const signature of signatures) expect(await verify(algorithm, "ml-dsa", spki, message, signature)).toBe(true)
})

test("the same message never has the same signature twice, in both implementations", async () => {
  using material = await generateMaterial("ml-dsa-44")
  for (const { sign: signs } of [nodeSignature(null), nobleSignature("ml-dsa-44")]) {
    expect(hexOf(await signs(material.bytes, message))).not.toBe(hexOf(await signs(material.bytes, message)))
  }
})

test("noble is not given the key of another algorithm", async () => {
  using material = await generateMaterial("ml-dsa-65")
  await expect(nobleSignature("ml-dsa-44").sign(material.bytes, message)).rejects.toThrow(TypeError)
  const verifying = nobleSignature("ml-dsa-44").verify(publicKeyOf(material.bytes), message, new Uint8Array(2420))
  await expect(verifying).rejects.toThrow(TypeError)
})

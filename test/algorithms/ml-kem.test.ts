import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import fc from "fast-check"
import { expect, test } from "vitest"
import { decapsulate, encapsulate } from "../../main/crypto/algorithms/encapsulation.ts"
import { generateMaterial } from "../../main/crypto/algorithms/material.ts"
import { nobleKem } from "../../main/crypto/algorithms/noble-kem.ts"
import { nodeKem } from "../../main/crypto/algorithms/node-kem.ts"
import { checkPrivateKey } from "../../main/crypto/formats/check-private-key.ts"
import { publicKeyByNoble, publicKeyByNode } from "../../main/crypto/formats/lattice-private-key.ts"
import { decodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { expandedKeyOf, nobleKems } from "../../main/crypto/post-quantum/noble-lattices.ts"
import { runtimeHas, runtimeReadsExpanded } from "../../main/crypto/post-quantum/runtime-support.ts"
import { Algorithm } from "../../preload/contract/values.ts"
import { hexOf, materialOfExpanded, materialOfSeed, spkiOf } from "./post-quantum-keys.ts"
import { answersTo, wycheproof } from "./wycheproof.ts"

const algorithms = ["ml-kem-512", "ml-kem-768", "ml-kem-1024"] as const
type MlKem = (typeof algorithms)[number]

/** Both implementations, in both directions. */
const implementations = [
  ["node:crypto", nodeKem],
  ["noble", nobleKem],
] as const
const each = algorithms.flatMap((algorithm) => implementations.map(([name, kem]) => [algorithm, name, kem] as const))

function vectorFile(folder: string, name: string): URL {
  return new URL(`../vectors/cctv-ml-kem/${folder}/${name}`, import.meta.url)
}

/** A file of `name = hexadecimal` lines. */
function cctv(folder: string, algorithm: MlKem): (field: string) => Uint8Array {
  const text = readFileSync(vectorFile(folder, `${algorithm.toUpperCase()}.txt`), "utf8")
  const fields = new Map(
    text
      .split("\n")
      .map((line) => line.split(" = "))
      .map(([name, value]) => [name, value]),
  )
  return (field) => {
    const value = fields.get(field)
    if (value === undefined) throw new Error(`no field ${field}`)
    return new Uint8Array(Buffer.from(value, "hex"))
  }
}

test("the runtime of these tests has ML-KEM, so that both implementations are tested", () => {
  expect(algorithms.map((algorithm) => [runtimeHas(algorithm), runtimeReadsExpanded(algorithm)])).toEqual([
    [true, true],
    [true, true],
    [true, true],
  ])
})

/** RFC 9935, C.2: the public keys of the seed 00 01 02 … 3f, by the first two lines of their PEM. */
test.for([
  [
    "ml-kem-512",
    "MIIDMjALBglghkgBZQMEBAEDggMhADmVgV5ZfRBDVc8pqlMzyTJRhp1bzb5IcST2Ari2pmwWxHYWSK12XPXYAGtRXpBafwrAdrDGLvoygVPnylcBaZ8TBfHmvG+QsOSb",
  ],
  [
    "ml-kem-1024",
    "MIIGMjALBglghkgBZQMEBAMDggYhAEuUwpRQERGRgjs1FMmsHqPZglzLhjk6LfsEZU+iGS03v60cSXxlAu7lyoCnO/zguvWlSohYWkATl6PSMvQmp6+wgrwhpEMXCQ6q",
  ],
] as const)("%s: from the seed of RFC 9935 comes its public key, in both implementations", ([algorithm, start]) => {
  const seed = Uint8Array.from({ length: 64 }, (_, index) => index)
  const parts = { kind: "lattice", algorithm, seed, expanded: null } as const
  for (const publicKey of [publicKeyByNode(parts), publicKeyByNoble(parts)]) {
    expect(Buffer.from(spkiOf(algorithm, publicKey)).toString("base64").slice(0, start.length)).toBe(start)
  }
})

test.for(algorithms)("%s: noble encapsulates CCTV's unlucky sample to its ciphertext and secret", (algorithm) => {
  const vector = cctv("unluckysample", algorithm)
  const { cipherText, sharedSecret } = nobleKems[algorithm].encapsulate(vector("ek"), vector("m"))
  expect(hexOf(cipherText)).toBe(hexOf(vector("c")))
  expect(hexOf(sharedSecret)).toBe(hexOf(vector("K")))
})

test.for(each)("%s, %s: CCTV's unlucky sample decapsulates to its secret", async ([algorithm, , kem]) => {
  const vector = cctv("unluckysample", algorithm)
  using secret = await kem(algorithm).decapsulate(materialOfExpanded(algorithm, vector("dk")), vector("c"))
  expect(hexOf(secret.bytes)).toBe(hexOf(vector("K")))
})

test.for(each)("%s, %s: a ciphertext that differs behind a zero byte only is rejected implicitly", async (given) => {
  const [algorithm, , kem] = given
  const vector = cctv("strcmp", algorithm)
  using secret = await kem(algorithm).decapsulate(materialOfExpanded(algorithm, vector("dk")), vector("c"))
  expect(hexOf(secret.bytes)).toBe(hexOf(vector("K")))
})

test.for(algorithms)("%s: none of CCTV's public keys with a coefficient that is not reduced is taken", (algorithm) => {
  const file = readFileSync(vectorFile("modulus", `${algorithm.toUpperCase()}.txt.gz`))
  const keys = gunzipSync(file).toString().trim().split("\n")
  expect(keys.length).toBeGreaterThan(700)
  const taken = keys.filter((hex) => {
    try {
      decodePublicKeyInfo(spkiOf(algorithm, new Uint8Array(Buffer.from(hex, "hex"))))
      return true
    } catch {
      return false
    }
  })
  expect(taken).toEqual([])
})

test("ML-KEM-768: the keys of Wycheproof's seeds, in both implementations", () => {
  const cases = wycheproof("mlkem_768_keygen_seed").flatMap(({ tests }) => tests)
  for (const vector of cases) {
    const parts = { kind: "lattice", algorithm: "ml-kem-768", seed: vector.bytes("seed"), expanded: null } as const
    using expanded = expandedKeyOf("ml-kem-768", vector.bytes("seed"))
    expect(hexOf(expanded.bytes)).toBe(hexOf(vector.bytes("dk")))
    expect([publicKeyByNode(parts), publicKeyByNoble(parts)].map(hexOf)).toEqual(
      Array(2).fill(hexOf(vector.bytes("ek"))),
    )
  }
  expect(cases).toHaveLength(25)
})

test.for(implementations)(
  "ML-KEM-768, %s: Wycheproof's ciphertexts decapsulate, those that can't be are refused",
  async ([, kem]) => {
    const answers = await answersTo(wycheproof("mlkem_768"), async (question) => {
      try {
        // The seed's length is looked at on the way in: see the tests of the formats.
        if (question.bytes("seed").length !== 64) return false
        const material = materialOfSeed("ml-kem-768", question.bytes("seed"))
        using secret = await kem("ml-kem-768").decapsulate(material, question.bytes("c"))
        return hexOf(secret.bytes) === hexOf(question.bytes("K"))
      } catch (error) {
        expect(error).toMatchObject({ code: "INVALID_INPUT" })
        return false
      }
    })
    expect(answers).toEqual({ wrong: [], acceptable: {}, valid: 41, invalid: 40 })
  },
)

test.for(implementations)(
  "ML-KEM-768, %s: Wycheproof's expanded keys are taken if they are sound, and decapsulate",
  async ([, kem]) => {
    const answers = await answersTo(wycheproof("mlkem_768_semi_expanded_decaps"), async (question) => {
      try {
        const expanded = question.bytes("dk")
        if (expanded.length !== 2400) return false
        await checkPrivateKey({ kind: "lattice", algorithm: "ml-kem-768", seed: null, expanded })
        using secret = await kem("ml-kem-768").decapsulate(
          materialOfExpanded("ml-kem-768", expanded),
          question.bytes("c"),
        )
        return hexOf(secret.bytes) === hexOf(question.bytes("K"))
      } catch (error) {
        expect(error).toMatchObject({ code: "INVALID_INPUT" })
        return false
      }
    })
    expect(answers).toEqual({ wrong: [], acceptable: {}, valid: 3, invalid: 6 })
  },
)

test.for(each)("%s, %s: what either implementation encapsulates, both decapsulate to the same", async (given) => {
  const [algorithm, , kem] = given
  using material = await generateMaterial(algorithm)
  const { ciphertext, sharedSecret } = await kem(algorithm).encapsulate(publicKeyOf(material.bytes))
  using _ = sharedSecret
  expect(sharedSecret.bytes).toHaveLength(32)
  expect(sharedSecret.bytes.buffer.byteLength).toBe(32)
  for (const [, other] of implementations) {
    using secret = await other(algorithm).decapsulate(material.bytes, ciphertext)
    expect(hexOf(secret.bytes)).toBe(hexOf(sharedSecret.bytes))
  }
})

test.for(algorithms)(
  "%s: with any bit turned, both implementations give the same secret, and another one",
  async (algorithm) => {
    using material = await generateMaterial(algorithm)
    const { ciphertext, sharedSecret } = await encapsulate(algorithm, publicKeyOf(material.bytes))
    const bits = fc.integer({ min: 0, max: ciphertext.length * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(bits, async (turned) => {
        const changed = new Uint8Array(ciphertext)
        changed[turned >> 3] = (changed[turned >> 3] ?? 0) ^ (1 << (turned & 7))
        using byNode = await nodeKem(algorithm).decapsulate(material.bytes, changed)
        using byNoble = await nobleKem(algorithm).decapsulate(material.bytes, changed)
        expect(hexOf(byNode.bytes)).toBe(hexOf(byNoble.bytes))
        expect(hexOf(byNode.bytes)).not.toBe(hexOf(sharedSecret.bytes))
      }),
      { numRuns: 30 },
    )
  },
)

test.for(each)("%s, %s: a ciphertext of another size is refused, and the size named", async ([algorithm, , kem]) => {
  using material = await generateMaterial(algorithm)
  const { ciphertext } = await kem(algorithm).encapsulate(publicKeyOf(material.bytes))
  for (const wrong of [new Uint8Array(), ciphertext.subarray(1), Buffer.concat([ciphertext, Buffer.of(0)])]) {
    await expect(kem(algorithm).decapsulate(material.bytes, wrong)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: `ciphertext: one of ${algorithm} is ${ciphertext.length} bytes`,
    })
  }
})

test.for(implementations)("%s: a public key that is none is refused before it is used", async ([, kem]) => {
  const notReduced = spkiOf("ml-kem-768", new Uint8Array(1184).fill(0xff))
  await expect(kem("ml-kem-768").encapsulate(notReduced)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  using other = await generateMaterial("ml-kem-512")
  await expect(kem("ml-kem-768").encapsulate(publicKeyOf(other.bytes))).rejects.toThrow(TypeError)
})

test("no other algorithm has a key encapsulation", async () => {
  const others = Algorithm.options.filter((algorithm) => !algorithm.startsWith("ml-kem-"))
  for (const algorithm of others) {
    await expect(encapsulate(algorithm, new Uint8Array())).rejects.toMatchObject({ code: "INVALID_INPUT" })
    await expect(decapsulate(algorithm, new Uint8Array(), new Uint8Array())).rejects.toMatchObject({
      code: "INVALID_INPUT",
    })
  }
})

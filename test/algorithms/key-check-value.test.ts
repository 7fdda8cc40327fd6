import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { generateMaterial, keyCheckValue } from "../../main/crypto/algorithms/material.ts"
import { KeyAlgorithm } from "../../preload/contract/values.ts"

interface Vector {
  readonly alg: string
  readonly key: string
  readonly kcv_cmac_zero_5?: string
}

const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL("../vectors/kcv/kcv.json", import.meta.url), "utf8"))
const aesVectors = vectors.filter(({ alg }) => alg.startsWith("AES"))

test("there are vectors for every size of AES", () => {
  expect(new Set(aesVectors.map(({ alg }) => alg))).toEqual(new Set(["AES-128", "AES-192", "AES-256"]))
})

test.for(aesVectors)("$alg $key: the check value is the start of its CMAC over a zero block", (vector) => {
  const algorithm = KeyAlgorithm.parse(vector.alg.toLowerCase())
  const expected = `cmac:${vector.kcv_cmac_zero_5?.slice(0, 6)}`
  expect(keyCheckValue(algorithm, Buffer.from(vector.key, "hex"))).toBe(expected)
})

test.for(KeyAlgorithm.options.filter((name) => !name.startsWith("aes-") && !name.startsWith("rsa-")))(
  "%s: there is no check value",
  async (algorithm) => {
    using material = await generateMaterial(algorithm)
    expect(keyCheckValue(algorithm, material.bytes)).toBeNull()
  },
)

import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { generateMaterial } from "../../main/crypto/algorithms/material.ts"
import { nobleSignature } from "../../main/crypto/algorithms/noble-signature.ts"
import { nodeSignature } from "../../main/crypto/algorithms/node-signature.ts"
import { generateByNoble } from "../../main/crypto/algorithms/slh-dsa.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { nobleSlhDsaKey } from "../../main/crypto/post-quantum/noble-thread.ts"
import { signatureSizes } from "../../main/crypto/post-quantum/parameter-sets.ts"
import { runtimeHas } from "../../main/crypto/post-quantum/runtime-support.ts"
import { hexOf } from "./post-quantum-keys.ts"

const algorithms = ["slh-dsa-sha2-128s", "slh-dsa-sha2-256s"] as const
const message = Buffer.from("What is signed here")
const patience = { timeout: 120_000 }

interface Vector {
  readonly parameterSet: string
  readonly tcId: number
  readonly sk: string
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("../vectors/acvp/slh-dsa-keygen.json", import.meta.url), "utf8"),
)

test("the runtime of these tests has SLH-DSA, so that both implementations are tested", () => {
  expect(algorithms.map((algorithm) => runtimeHas(algorithm))).toEqual([true, true])
})

test.for(vectors)("$parameterSet, $tcId: the root of the ACVP key is that of its tree", patience, async (vector) => {
  const algorithm = algorithms.find((name) => name === vector.parameterSet.toLowerCase())
  if (algorithm === undefined) throw new Error("another parameter set")
  const expected = Buffer.from(vector.sk, "hex")
  using key = await nobleSlhDsaKey(algorithm, expected.subarray(0, (expected.length / 4) * 3))
  expect(hexOf(key.bytes)).toBe(hexOf(expected))
})

test.for(algorithms)("%s: the root of OpenSSL's key is the one that noble finds", patience, async (algorithm) => {
  using material = await generateMaterial(algorithm)
  const { parts } = decodePrivateKeyInfo(material.bytes)
  if (parts.kind !== "slh-dsa") throw new Error("another algorithm")
  using key = await nobleSlhDsaKey(algorithm, parts.privateKey.subarray(0, (parts.privateKey.length / 4) * 3))
  expect(hexOf(key.bytes)).toBe(hexOf(parts.privateKey))
})

test.for(algorithms)("%s: noble verifies what OpenSSL signed", patience, async (algorithm) => {
  using material = await generateMaterial(algorithm)
  const spki = publicKeyOf(material.bytes)
  const signature = await nodeSignature(null).sign(material.bytes, message)
  expect(signature).toHaveLength(signatureSizes[algorithm])
  const noble = nobleSignature(algorithm)
  expect(await noble.verify(spki, message, signature)).toBe(true)
  expect(await noble.verify(spki, Buffer.from("something else"), signature)).toBe(false)
  expect(await noble.verify(spki, message, signature.subarray(1))).toBe(false)
})

test(
  "OpenSSL verifies what noble signed with a key of its own making, which leaves the event loop free",
  patience,
  async () => {
    let turns = 0
    const ticking = setInterval(() => turns++, 10)
    using material = await generateByNoble("slh-dsa-sha2-128s")
    const signature = await nobleSignature("slh-dsa-sha2-128s").sign(material.bytes, message)
    clearInterval(ticking)
    expect(await nodeSignature(null).verify(publicKeyOf(material.bytes), message, signature)).toBe(true)
    expect(turns).toBeGreaterThan(100)
  },
)

test("to sign with OpenSSL leaves the event loop free", patience, async () => {
  using material = await generateMaterial("slh-dsa-sha2-128s")
  let turns = 0
  const ticking = setInterval(() => turns++, 1)
  await nodeSignature(null).sign(material.bytes, message)
  clearInterval(ticking)
  expect(turns).toBeGreaterThan(50)
})

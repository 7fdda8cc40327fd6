import { expect, test } from "vitest"
import { derOctetString } from "../../main/crypto/asn1/der-writer.ts"
import { checkLatticeKey } from "../../main/crypto/formats/check-post-quantum-key.ts"
import type { LatticePrivateParts } from "../../main/crypto/formats/key-parts.ts"
import type { LatticeAlgorithm } from "../../main/crypto/post-quantum/parameter-sets.ts"
import { flipped, latticeSample, pkcs8 } from "./lattice-samples.ts"
import { onlyKeyIn } from "./sample-keys.ts"

/** Where FIPS 203 and 204 put what; in ML-DSA for these parameter sets alone. */
const regions = [
  ["ml-kem-512", "the secret vector", 0, 768],
  ["ml-kem-512", "the public key", 768, 1568],
  ["ml-kem-512", "the hash of the public key", 1568, 1600],
  ["ml-dsa-44", "rho", 0, 32],
  ["ml-dsa-44", "the hash of the public key", 64, 128],
  ["ml-dsa-44", "s1", 128, 512],
  ["ml-dsa-44", "s2", 512, 896],
  ["ml-dsa-44", "t0", 896, 2560],
] as const

test.for(regions)("%s: an expanded key with a bit turned in %s is refused", async ([algorithm, , start, end]) => {
  const { expanded } = await latticeSample(algorithm)
  for (let at = start; at < end; at += Math.ceil((end - start) / 16)) {
    const file = pkcs8(algorithm, derOctetString(flipped(expanded, at)))
    await expect(onlyKeyIn(file)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: `${algorithm} key: its parts don't fit each other`,
    })
  }
})

function expandedParts(algorithm: LatticeAlgorithm, expanded: Uint8Array): LatticePrivateParts {
  return { kind: "lattice", algorithm, seed: null, expanded }
}

test.for(["ml-kem-512", "ml-kem-768", "ml-kem-1024"] as const)(
  "%s: an expanded key is judged the same without OpenSSL",
  async (algorithm) => {
    const { expanded } = await latticeSample(algorithm)
    expect(() => checkLatticeKey(expandedParts(algorithm, expanded), false)).not.toThrow()
    for (let at = 0; at < expanded.length - 32; at += 97) {
      const changed = expandedParts(algorithm, flipped(expanded, at))
      expect(() => checkLatticeKey(changed, false)).toThrow("its parts don't fit each other")
    }
  },
)

test("an expanded ML-KEM key whose secret vector is not reduced is refused, with OpenSSL and without", async () => {
  const { expanded } = await latticeSample("ml-kem-512")
  const changed = new Uint8Array(expanded)
  let at = 0
  // A coefficient below 4096 - 3329 can be written a second way.
  while (((changed[at] ?? 0) | (((changed[at + 1] ?? 0) & 15) << 8)) >= 767) at += 3
  const doubled = ((changed[at] ?? 0) | (((changed[at + 1] ?? 0) & 15) << 8)) + 3329
  changed[at] = doubled & 255
  changed[at + 1] = ((changed[at + 1] ?? 0) & 0xf0) | (doubled >> 8)
  for (const byNode of [true, false]) {
    expect(() => checkLatticeKey(expandedParts("ml-kem-512", changed), byNode)).toThrow(
      "its parts don't fit each other",
    )
  }
})

test("without OpenSSL an ML-DSA key that lacks its seed is refused, because not all of it can be checked", async () => {
  const { expanded } = await latticeSample("ml-dsa-65")
  expect(() => checkLatticeKey(expandedParts("ml-dsa-65", expanded), false)).toThrow("without its seed")
})

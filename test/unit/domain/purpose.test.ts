import { expect, test } from "vitest"
import { requirePurposeFits, usagesWithin, usualPurpose } from "../../../main/domain/purpose.ts"
import { Algorithm, Purpose, Usage } from "../../../preload/contract/values.ts"
import { vaultErrorOf } from "../../support/vault-error-of.ts"

function fits(algorithm: Algorithm, purpose: Purpose): boolean {
  try {
    requirePurposeFits(algorithm, purpose)
    return true
  } catch {
    return false
  }
}

test("each algorithm serves the purposes that it can, and no others", () => {
  const served = Object.fromEntries(
    Algorithm.options.map((algorithm) => [algorithm, Purpose.options.filter((purpose) => fits(algorithm, purpose))]),
  )
  const rsa = ["signature", "authentication", "encryption", "key-wrapping", "ssh", "certificate-authority"]
  const curve = ["signature", "authentication", "key-agreement", "ssh", "certificate-authority"]
  expect(served).toEqual({
    "aes-128": ["encryption", "key-wrapping"],
    "aes-192": ["encryption", "key-wrapping"],
    "aes-256": ["encryption", "key-wrapping"],
    "chacha20-poly1305": ["encryption", "key-wrapping"],
    "hmac-sha256": ["mac", "key-agreement"],
    "hmac-sha384": ["mac", "key-agreement"],
    "hmac-sha512": ["mac", "key-agreement"],
    "rsa-2048": rsa,
    "rsa-3072": rsa,
    "rsa-4096": rsa,
    "ec-p256": curve,
    "ec-p384": curve,
    "ec-p521": curve,
    "ec-secp256k1": ["signature", "authentication", "certificate-authority"],
    ed25519: ["signature", "authentication", "ssh", "certificate-authority"],
    x25519: ["encryption", "key-agreement"],
    "ml-kem-512": ["key-agreement"],
    "ml-kem-768": ["key-agreement"],
    "ml-kem-1024": ["key-agreement"],
    "ml-dsa-44": ["signature", "authentication", "certificate-authority"],
    "ml-dsa-65": ["signature", "authentication", "certificate-authority"],
    "ml-dsa-87": ["signature", "authentication", "certificate-authority"],
    "slh-dsa-sha2-128s": ["signature", "authentication", "certificate-authority"],
    "slh-dsa-sha2-256s": ["signature", "authentication", "certificate-authority"],
    secret: ["secret"],
    "bip39-12": ["wallet"],
    "bip39-15": ["wallet"],
    "bip39-18": ["wallet"],
    "bip39-21": ["wallet"],
    "bip39-24": ["wallet"],
    "bip32-seed": ["wallet"],
    "bip32-root": ["wallet"],
  })
})

test.for(Algorithm.options)("the usual purpose of %s is one that it can serve", (algorithm) => {
  expect(fits(algorithm, usualPurpose(algorithm))).toBe(true)
})

test("a purpose that does not fit names those that do", () => {
  const { code, detail } = vaultErrorOf(() => requirePurposeFits("ed25519", "encryption"))
  expect(code).toBe("INVALID_INPUT")
  expect(detail).toContain("signature, authentication")
})

test("no key both protects data and wraps keys, and none both signs and encrypts", () => {
  for (const purpose of Purpose.options) {
    const usages = usagesWithin(purpose, undefined)
    for (const [one, other] of [
      ["decrypt", "wrap"],
      ["decrypt", "unwrap"],
      ["sign", "decrypt"],
      ["sign", "mac"],
    ] as const) {
      expect([purpose, usages.includes(one) && usages.includes(other)]).toEqual([purpose, false])
    }
  }
})

test.for(Purpose.options)("usages of a %s key stay inside its purpose", (purpose) => {
  const allowed = usagesWithin(purpose, undefined)
  for (const usage of Usage.options) {
    if (allowed.includes(usage)) expect(usagesWithin(purpose, [usage])).toEqual([usage])
    else {
      const { code, detail } = vaultErrorOf(() => usagesWithin(purpose, [usage]))
      expect([code, detail]).toEqual([
        "POLICY_DENIED",
        `usages-within-purpose: the purpose ${purpose} allows ${allowed.length === 0 ? "none" : allowed.join(", ")}, not ${usage}`,
      ])
    }
  }
})

test("a usage that is asked for twice is one usage", () => {
  expect(usagesWithin("encryption", ["decrypt", "decrypt"])).toEqual(["decrypt"])
})

import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { expect, test } from "vitest"
import { z } from "zod"
import { deriveKey, hkdfSha256 } from "../../main/crypto/derive.ts"
import { Secret } from "../../main/domain/secret.ts"
import { hexBytes, readWycheproof } from "./read-wycheproof.ts"

const vaultId = "0192f0c1-2b3c-7def-8123-456789abcdef"
const shape = { ikm: hexBytes, salt: hexBytes, info: hexBytes, size: z.number(), okm: hexBytes }
const cases = readWycheproof("hkdf_sha256_test", shape, {}).flatMap(({ tests }) => tests)

function aMasterKey(): Secret {
  return new Secret(new Uint8Array(32).map((_, index) => index))
}

test.for(cases.filter(({ result }) => result === "valid"))(
  "Wycheproof hkdf_sha256 $tcId, $size bytes: $comment",
  ({ ikm, salt, info, size, okm }) => {
    using derived = hkdfSha256(ikm, salt, info, size)
    expect(derived.bytes).toEqual(okm)
  },
)

test.for(cases.filter(({ result }) => result === "invalid"))(
  "Wycheproof hkdf_sha256 $tcId is refused: $comment",
  ({ ikm, salt, info, size }) => {
    expect(() => hkdfSha256(ikm, salt, info, size)).toThrow(RangeError)
  },
)

test.for([
  {
    ikm: "0b".repeat(22),
    salt: "000102030405060708090a0b0c",
    info: "f0f1f2f3f4f5f6f7f8f9",
    okm: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  },
  {
    ikm: Buffer.from(Array.from({ length: 80 }, (_, index) => index)).toString("hex"),
    salt: Buffer.from(Array.from({ length: 80 }, (_, index) => 0x60 + index)).toString("hex"),
    info: Buffer.from(Array.from({ length: 80 }, (_, index) => 0xb0 + index)).toString("hex"),
    okm:
      "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09" +
      "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
  },
  {
    ikm: "0b".repeat(22),
    salt: "",
    info: "",
    okm: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  },
])("RFC 5869 appendix A: $okm", ({ ikm, salt, info, okm }) => {
  const bytes = (hex: string) => Buffer.from(hex, "hex")
  using derived = hkdfSha256(bytes(ikm), bytes(salt), bytes(info), okm.length / 2)
  expect(Buffer.from(derived.bytes).toString("hex")).toBe(okm)
})

test("a derived key is HKDF over the vault's id and the label, as another implementation has it", () => {
  using masterKey = aMasterKey()
  using derived = deriveKey(masterKey, vaultId, "database")
  const expected = hkdf(sha256, masterKey.bytes, Buffer.from(vaultId), Buffer.from("claviger/v1/database"), 32)
  expect(derived.bytes).toEqual(expected)
})

test("another label, vault or master key gives another key", () => {
  const otherMaster = new Secret(new Uint8Array(32))
  const keys = [
    deriveKey(aMasterKey(), vaultId, "database"),
    deriveKey(aMasterKey(), vaultId, "header-mac"),
    deriveKey(aMasterKey(), vaultId.replace("0", "1"), "database"),
    deriveKey(otherMaster, vaultId, "database"),
  ]
  expect(new Set(keys.map(({ bytes }) => Buffer.from(bytes).toString("hex"))).size).toBe(4)
})

test("the master key is left as it was", () => {
  using masterKey = aMasterKey()
  using _derived = deriveKey(masterKey, vaultId, "database")
  expect(masterKey.bytes).toEqual(aMasterKey().bytes)
})

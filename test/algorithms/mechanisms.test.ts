import { expect, test } from "vitest"
import { decrypt, encrypt } from "../../main/crypto/algorithms/encryption.ts"
import { chosenMechanism, mechanismsOf } from "../../main/crypto/algorithms/mechanisms.ts"
import { mac } from "../../main/crypto/algorithms/message-authentication.ts"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import { Algorithm, Mechanism } from "../../preload/contract/values.ts"

const nothing = new Uint8Array()
const refused = expect.objectContaining({ code: "INVALID_INPUT", detail: "mechanism" })

/** The table of cli.md, "Mechanisms". */
const rsa = {
  sign: [
    "rsa-pss-sha256",
    "rsa-pss-sha384",
    "rsa-pss-sha512",
    "rsa-pkcs1-sha256",
    "rsa-pkcs1-sha384",
    "rsa-pkcs1-sha512",
  ],
  encrypt: ["rsa-oaep-sha256"],
}
const aes = { encrypt: ["aes-gcm"] }
const hmac = { mac: ["hmac"] }
const expected: Record<Algorithm, { sign?: string[]; encrypt?: string[]; mac?: string[] }> = {
  "aes-128": aes,
  "aes-192": aes,
  "aes-256": aes,
  "chacha20-poly1305": { encrypt: ["chacha20-poly1305"] },
  "hmac-sha256": hmac,
  "hmac-sha384": hmac,
  "hmac-sha512": hmac,
  "rsa-2048": rsa,
  "rsa-3072": rsa,
  "rsa-4096": rsa,
  "ec-p256": { sign: ["ecdsa-sha256", "ecdsa-sha256-p1363"] },
  "ec-p384": { sign: ["ecdsa-sha384", "ecdsa-sha384-p1363"] },
  "ec-p521": { sign: ["ecdsa-sha512", "ecdsa-sha512-p1363"] },
  "ec-secp256k1": { sign: ["ecdsa-sha256", "ecdsa-sha256-p1363"] },
  ed25519: { sign: ["ed25519"] },
  x25519: {},
  "ml-kem-512": {},
  "ml-kem-768": {},
  "ml-kem-1024": {},
  "ml-dsa-44": { sign: ["ml-dsa"] },
  "ml-dsa-65": { sign: ["ml-dsa"] },
  "ml-dsa-87": { sign: ["ml-dsa"] },
  "slh-dsa-sha2-128s": { sign: ["slh-dsa"] },
  "slh-dsa-sha2-256s": { sign: ["slh-dsa"] },
  secret: {},
}

test.for(Algorithm.options)("%s: has the mechanisms of its table, the default first", (algorithm) => {
  expect(mechanismsOf(algorithm, "sign")).toEqual(expected[algorithm].sign ?? [])
  expect(mechanismsOf(algorithm, "encrypt")).toEqual(expected[algorithm].encrypt ?? [])
  expect(mechanismsOf(algorithm, "mac")).toEqual(expected[algorithm].mac ?? [])
})

test("every mechanism of the contract belongs to some algorithm", () => {
  const used = Object.values(expected).flatMap((uses) => Object.values(uses).flat())
  expect(new Set(used)).toEqual(new Set(Mechanism.options))
})

test("without a wish the default is chosen, and a wish is granted", () => {
  expect(chosenMechanism("rsa-2048", "sign")).toBe("rsa-pss-sha256")
  expect(chosenMechanism("rsa-2048", "sign", "rsa-pkcs1-sha512")).toBe("rsa-pkcs1-sha512")
})

test.for([
  ["ec-p256", "sign", "ecdsa-sha384"],
  ["rsa-2048", "sign", "rsa-oaep-sha256"],
  ["aes-256", "mac", "hmac"],
  ["x25519", "sign", undefined],
] as const)("%s has no way to %s with %s", ([algorithm, use, mechanism]) => {
  expect(() => chosenMechanism(algorithm, use, mechanism)).toThrow(refused)
})

test("a mechanism of another algorithm is refused before the material is looked at", async () => {
  await expect(sign("ec-p256", "ed25519", nothing, nothing)).rejects.toThrow(refused)
  await expect(verify("ed25519", "ecdsa-sha256", nothing, nothing, nothing)).rejects.toThrow(refused)
  await expect(encrypt("aes-256", "chacha20-poly1305", nothing, nothing, nothing)).rejects.toThrow(refused)
  await expect(decrypt("secret", "aes-gcm", nothing, nothing, nothing)).rejects.toThrow(refused)
  await expect(mac("aes-256", nothing, nothing)).rejects.toThrow(refused)
})

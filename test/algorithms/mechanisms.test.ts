import { expect, test } from "vitest"
import { decrypt, encrypt } from "../../main/crypto/algorithms/encryption.ts"
import { chosenMechanism, type MechanismUse, mechanismsOf } from "../../main/crypto/algorithms/mechanisms.ts"
import { mac } from "../../main/crypto/algorithms/message-authentication.ts"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import { Algorithm, Mechanism } from "../../preload/contract/values.ts"
import { vaultErrorOf } from "../support/vault-error-of.ts"

const nothing = new Uint8Array()
const refused = expect.objectContaining({ code: "INVALID_INPUT", detail: expect.stringMatching(/^mechanism: /) })

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
  encrypt: ["rsa-oaep-sha256", "rsa-oaep-sha1"],
  wrap: ["rsa-oaep-sha256-aes-kwp", "rsa-oaep-sha1-aes-kwp"],
}
const aes = { encrypt: ["aes-gcm"], wrap: ["aes-kwp"] }
const hmac = { mac: ["hmac"], derive: ["hkdf-sha256", "hkdf-sha384", "hkdf-sha512"] }
const encapsulation = {
  derive: ["ml-kem-hkdf-sha256", "ml-kem-hkdf-sha384", "ml-kem-hkdf-sha512", "ml-kem"],
}
const agreement = { derive: ["ecdh-hkdf-sha256", "ecdh-hkdf-sha384", "ecdh-hkdf-sha512", "ecdh"] }
const expected: Record<Algorithm, Partial<Record<MechanismUse, string[]>>> = {
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
  "ec-p256": { sign: ["ecdsa-sha256", "ecdsa-sha256-p1363"], ...agreement },
  "ec-p384": { sign: ["ecdsa-sha384", "ecdsa-sha384-p1363"], ...agreement },
  "ec-p521": { sign: ["ecdsa-sha512", "ecdsa-sha512-p1363"], ...agreement },
  "ec-secp256k1": { sign: ["ecdsa-sha256", "ecdsa-sha256-p1363"] },
  ed25519: { sign: ["ed25519"] },
  x25519: agreement,
  "ml-kem-512": encapsulation,
  "ml-kem-768": encapsulation,
  "ml-kem-1024": encapsulation,
  "ml-dsa-44": { sign: ["ml-dsa"] },
  "ml-dsa-65": { sign: ["ml-dsa"] },
  "ml-dsa-87": { sign: ["ml-dsa"] },
  "slh-dsa-sha2-128s": { sign: ["slh-dsa"] },
  "slh-dsa-sha2-256s": { sign: ["slh-dsa"] },
  secret: {},
  "bip39-12": {},
  "bip39-15": {},
  "bip39-18": {},
  "bip39-21": {},
  "bip39-24": {},
  "bip32-seed": {},
  "bip32-root": {},
}

test.for(Algorithm.options)("%s: has the mechanisms of its table, the default first", (algorithm) => {
  for (const use of ["sign", "encrypt", "mac", "wrap", "derive"] as const) {
    expect(mechanismsOf(algorithm, use)).toEqual(expected[algorithm][use] ?? [])
  }
})

test("every mechanism of the contract belongs to some algorithm", () => {
  const uses = ["sign", "encrypt", "mac", "wrap", "derive"] as const
  const used = Algorithm.options.flatMap((algorithm) => uses.flatMap((use) => mechanismsOf(algorithm, use)))
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

test("whoever asks for what does not fit is told what does", () => {
  const told = (act: () => unknown) => vaultErrorOf(act).detail
  expect(told(() => chosenMechanism("ec-p256", "sign", "ed25519"))).toBe(
    "mechanism: does not fit the key; these do: ecdsa-sha256, ecdsa-sha256-p1363",
  )
  expect(told(() => chosenMechanism("x25519", "sign"))).toBe("mechanism: does not fit the key; none does")
})

test("a mechanism of another algorithm is refused before the material is looked at", async () => {
  await expect(sign("ec-p256", "ed25519", nothing, nothing)).rejects.toThrow(refused)
  await expect(verify("ed25519", "ecdsa-sha256", nothing, nothing, nothing)).rejects.toThrow(refused)
  await expect(encrypt("aes-256", "chacha20-poly1305", nothing, nothing, nothing)).rejects.toThrow(refused)
  await expect(decrypt("secret", "aes-gcm", nothing, nothing, nothing)).rejects.toThrow(refused)
  await expect(mac("aes-256", nothing, nothing)).rejects.toThrow(refused)
})

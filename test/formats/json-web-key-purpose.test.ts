import { expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import { onlyKeyIn, sampleKey } from "./sample-keys.ts"

async function purposeOf(algorithm: Algorithm, stated: object): Promise<string | null> {
  using material = await sampleKey(algorithm)
  using file = await exportPrivate({ algorithm, material, comment: null }, "jwk", null)
  const members = { ...JSON.parse(Buffer.from(file.bytes).toString()), ...stated }
  return (await onlyKeyIn(Buffer.from(JSON.stringify(members)))).purpose
}

test.for([
  ["rsa-2048", { use: "enc" }, "encryption"],
  ["rsa-2048", { alg: "RSA-OAEP-256" }, "encryption"],
  ["rsa-2048", { alg: "RSA1_5" }, "encryption"],
  ["rsa-2048", { alg: "RSA-OAEP", key_ops: ["unwrapKey"] }, "key-wrapping"],
  ["rsa-2048", { use: "sig", key_ops: ["sign"] }, "signature"],
  ["ec-p256", { use: "enc" }, "key-agreement"],
  ["ec-p256", { alg: "ECDH-ES+A256KW" }, "key-agreement"],
  ["ec-p384", { key_ops: ["deriveBits"] }, "key-agreement"],
  ["x25519", { use: "enc" }, "key-agreement"],
  ["aes-256", { alg: "A256KW" }, "key-wrapping"],
  ["aes-256", { alg: "A256GCMKW" }, "key-wrapping"],
  ["aes-256", { key_ops: ["wrapKey", "unwrapKey"] }, "key-wrapping"],
  ["hmac-sha256", { key_ops: ["sign", "verify"] }, "mac"],
] as const)("a JWK of %s that states %j is for %s", async ([algorithm, stated, purpose]) => {
  expect(await purposeOf(algorithm, stated)).toBe(purpose)
})

test.for([
  ["rsa-2048", {}],
  ["rsa-2048", { use: "sig" }],
  ["rsa-2048", { alg: "PS256", key_ops: [7, "dance"] }],
  ["ec-p256", { use: 1, key_ops: "deriveNothing" }],
  ["ec-secp256k1", { use: "enc" }],
  ["ed25519", { key_ops: ["decrypt"] }],
] as const)("a JWK of %s that states %j has the usual purpose of such a key", async ([algorithm, stated]) => {
  expect(await purposeOf(algorithm, stated)).toBeNull()
})

import { createPublicKey } from "node:crypto"
import { secp256k1 } from "@noble/curves/secp256k1.js"
import { expect, test } from "vitest"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import type { Algorithm, Mechanism } from "../../preload/contract/values.ts"
import { answersTo, type WycheproofCase, type WycheproofGroup, wycheproof } from "./wycheproof.ts"

function verifies(algorithm: Algorithm, mechanism: Mechanism) {
  return (question: WycheproofCase, group: WycheproofGroup) =>
    verify(algorithm, mechanism, group.bytes("publicKeyDer"), question.bytes("msg"), question.bytes("sig"))
}

/** The keys of the PSS file name the scheme (id-RSASSA-PSS); ours are plain RSA keys, so take the numbers alone. */
function verifiesPss(question: WycheproofCase, group: WycheproofGroup): Promise<boolean> {
  const publicKey = createPublicKey({ key: Buffer.from(group.bytes("publicKeyAsn")), format: "der", type: "pkcs1" })
  const spki = publicKey.export({ format: "der", type: "spki" })
  return verify("rsa-2048", "rsa-pss-sha256", spki, question.bytes("msg"), question.bytes("sig"))
}

test("Ed25519: every valid signature of Wycheproof verifies, no invalid one does", async () => {
  expect(await answersTo(wycheproof("ed25519"), verifies("ed25519", "ed25519"))).toEqual({
    wrong: [],
    acceptable: {},
    valid: 88,
    invalid: 63,
  })
})

test("ECDSA over P-256, DER: every valid signature of Wycheproof verifies, no invalid one does", async () => {
  expect(await answersTo(wycheproof("ecdsa_secp256r1_sha256"), verifies("ec-p256", "ecdsa-sha256"))).toEqual({
    wrong: [],
    acceptable: {},
    valid: 174,
    invalid: 310,
  })
})

test("ECDSA over P-256, P1363: every valid signature of Wycheproof verifies, no invalid one does", async () => {
  const groups = wycheproof("ecdsa_secp256r1_sha256_p1363")
  expect(await answersTo(groups, verifies("ec-p256", "ecdsa-sha256-p1363"))).toEqual({
    wrong: [],
    acceptable: {},
    valid: 173,
    invalid: 89,
  })
})

test("ECDSA over P-384: every valid signature of Wycheproof verifies, no invalid one does", async () => {
  expect(await answersTo(wycheproof("ecdsa_secp384r1_sha384"), verifies("ec-p384", "ecdsa-sha384"))).toEqual({
    wrong: [],
    acceptable: {},
    valid: 194,
    invalid: 310,
  })
})

test("ECDSA over secp256k1: every valid signature of Wycheproof verifies, no invalid one does", async () => {
  expect(await answersTo(wycheproof("ecdsa_secp256k1_sha256"), verifies("ec-secp256k1", "ecdsa-sha256"))).toEqual({
    wrong: [],
    acceptable: {},
    valid: 168,
    invalid: 308,
  })
})

test("ECDSA over secp256k1 for Bitcoin: we agree but for the higher value of s, which Bitcoin alone refuses", async () => {
  const groups = wycheproof("ecdsa_secp256k1_sha256_bitcoin")
  const { wrong, valid, invalid } = await answersTo(groups, verifies("ec-secp256k1", "ecdsa-sha256"))
  const withHighS = groups
    .flatMap(({ tests }) => tests)
    .filter(({ tcId, bytes }) => wrong.includes(tcId) && secp256k1.Signature.fromBytes(bytes("sig"), "der").hasHighS())
  expect(withHighS.map(({ tcId }) => tcId)).toEqual(wrong)
  expect({ wrong, valid, invalid }).toEqual({ wrong: [1, 388], valid: 162, invalid: 301 })
})

test("RSA-PSS: every valid signature of Wycheproof verifies, no invalid one does", async () => {
  expect(await answersTo(wycheproof("rsa_pss_2048_sha256_mgf1_32_params"), verifiesPss)).toEqual({
    wrong: [],
    acceptable: {},
    valid: 63,
    invalid: 45,
  })
})

test("RSA PKCS #1 v1.5: every valid signature of Wycheproof verifies, no invalid one does", async () => {
  expect(await answersTo(wycheproof("rsa_signature_2048_sha256"), verifies("rsa-2048", "rsa-pkcs1-sha256"))).toEqual({
    wrong: [],
    // Its AlgorithmIdentifier lacks the NULL that RFC 8017 asks for; OpenSSL refuses it, and so may we.
    acceptable: { 8: false },
    valid: 9,
    invalid: 249,
  })
})

test("RSA PKCS #1 v1.5: our signatures are those of Wycheproof, byte for byte", async () => {
  const mechanisms: Readonly<Record<string, Mechanism>> = {
    "SHA-256": "rsa-pkcs1-sha256",
    "SHA-384": "rsa-pkcs1-sha384",
    "SHA-512": "rsa-pkcs1-sha512",
  }
  let signatures = 0
  for (const group of wycheproof("rsa_pkcs1_2048_sig_gen")) {
    const mechanism = mechanisms[group.text("sha")]
    if (mechanism === undefined) continue
    for (const question of group.tests) {
      const signature = await sign("rsa-2048", mechanism, group.bytes("privateKeyPkcs8"), question.bytes("msg"))
      expect(Buffer.from(signature).toString("hex")).toBe(Buffer.from(question.bytes("sig")).toString("hex"))
      signatures++
    }
  }
  expect(signatures).toBe(27)
})

import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { classicalAlgorithms, found, onlyKeyIn, passphrase, sampleKey } from "../formats/sample-keys.ts"

/** What openssl answers on its standard output. */
function openssl(input: Uint8Array | string, ...args: string[]): Buffer {
  return execFileSync("openssl", args, { input, stdio: ["pipe", "pipe", "pipe"] })
}

const generation = {
  "rsa-2048": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  "rsa-3072": ["RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
  "rsa-4096": ["RSA", "-pkeyopt", "rsa_keygen_bits:4096"],
  "ec-p256": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "ec-p384": ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  "ec-p521": ["EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
  "ec-secp256k1": ["EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
  ed25519: ["ED25519"],
  x25519: ["X25519"],
} as const

type Asymmetric = keyof typeof generation

/** PKCS#8 PEM of a fresh key. */
function generated(algorithm: Asymmetric): Buffer {
  return openssl("", "genpkey", "-algorithm", ...generation[algorithm])
}

/** What openssl says the key is: PKCS#8 DER without encryption. */
function pkcs8Der(key: Uint8Array): Buffer {
  return openssl(key, "pkcs8", "-topk8", "-nocrypt", "-outform", "DER")
}

const encryptions = [
  ["AES-256 and PBKDF2", ["-v2", "aes-256-cbc"]],
  ["AES-192 and PBKDF2 with SHA-1", ["-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA1"]],
  ["AES-128 and PBKDF2 with SHA-512", ["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA512"]],
  ["AES-256 and PBKDF2 with SHA-384", ["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA384"]],
  ["three-key triple DES", ["-v2", "des3"]],
  ["600,000 iterations", ["-v2", "aes-256-cbc", "-iter", "600000"]],
  ["scrypt", ["-scrypt"]],
  ["scrypt of other costs", ["-scrypt", "-scrypt_N", "1024", "-scrypt_r", "4", "-scrypt_p", "3"]],
] as const

test.for(classicalAlgorithms)("%s: openssl's key is ours byte for byte, in each of its forms", async (algorithm) => {
  const pem = generated(algorithm)
  const der = pkcs8Der(pem)
  for (const file of [pem, der]) {
    const { format, keys } = await importKeys(file, { format: "auto", passphrase: null })
    expect(format).toBe(file === pem ? "pkcs8-pem" : "pkcs8-der")
    expect(keys).toMatchObject([{ algorithm, comment: null }])
    expect(Buffer.from(found(keys)[0]?.material.bytes ?? [])).toEqual(der)
    expect(Buffer.from(found(keys)[0]?.publicKey ?? [])).toEqual(openssl(pem, "pkey", "-pubout", "-outform", "DER"))
  }
})

test.for(classicalAlgorithms)(
  "%s: openssl reads our PKCS#8, plain and encrypted, as the same key",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    using secret = passphrase("pässwörd")
    const key = { algorithm, material, comment: "ignored" }
    using pem = await exportPrivate(key, "pkcs8-pem", null)
    using der = await exportPrivate(key, "pkcs8-der", null)
    using encrypted = await exportPrivate(key, "pkcs8-encrypted", secret)
    expect(pkcs8Der(pem.bytes)).toEqual(Buffer.from(material.bytes))
    expect(openssl(der.bytes, "pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-outform", "DER")).toEqual(
      pkcs8Der(pem.bytes),
    )
    const opened = openssl(
      encrypted.bytes,
      "pkcs8",
      "-passin",
      "pass:pässwörd",
      "-outform",
      "DER",
      "-topk8",
      "-nocrypt",
    )
    expect(opened).toEqual(Buffer.from(material.bytes))
    expect(openssl(pem.bytes, "pkey").toString()).toBe(Buffer.from(pem.bytes).toString())
  },
)

test.for(classicalAlgorithms)(
  "%s: openssl reads our public key, and finds the private one sound",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    using pem = await exportPrivate({ algorithm, material, comment: null }, "pkcs8-pem", null)
    const spki = exportPublic({ algorithm, publicKey: publicKeyOf(material.bytes), comment: null }, "spki-pem")
    expect(openssl(pem.bytes, "pkey", "-pubout").toString()).toBe(Buffer.from(spki).toString())
    expect(openssl(spki, "pkey", "-pubin", "-pubout").toString()).toBe(Buffer.from(spki).toString())
    expect(openssl(pem.bytes, "pkey", "-check", "-noout").toString()).toContain("Key is valid")
  },
)

test.for(encryptions)("PKCS#8 that openssl encrypted with %s is read, in PEM and DER", async ([, options]) => {
  const pem = generated("ec-p256")
  const plain = pkcs8Der(pem)
  for (const form of ["PEM", "DER"]) {
    const file = openssl(pem, "pkcs8", "-topk8", ...options, "-outform", form, "-passout", "pass:right")
    using right = passphrase("right")
    using wrong = passphrase("wrong")
    expect(await importKeys(file, { format: "pkcs8-encrypted", passphrase: right })).toMatchObject({
      format: "pkcs8-encrypted",
    })
    const { material } = await onlyKeyIn(file, right)
    expect(Buffer.from(material.bytes)).toEqual(plain)
    await expect(onlyKeyIn(file, wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  }
})

test("our encrypted PKCS#8 is PBES2 with AES-256 and 600,000 iterations of PBKDF2-HMAC-SHA-256, as openssl sees it", async () => {
  using material = await sampleKey("ed25519")
  using secret = passphrase("x")
  using file = await exportPrivate({ algorithm: "ed25519", material, comment: null }, "pkcs8-encrypted", secret)
  const structure = openssl(file.bytes, "asn1parse").toString()
  for (const part of ["PBES2", "PBKDF2", "0927C0", "hmacWithSHA256", "aes-256-cbc"]) expect(structure).toContain(part)
})

test.for(["aes128", "aes192", "aes256", "des3"])(
  "legacy PEM that openssl encrypted with %s is read, with a warning",
  async (cipher) => {
    using right = passphrase("pässwörd")
    using wrong = passphrase("wrong")
    const rsa = generated("rsa-2048")
    const ec = generated("ec-p384")
    const files = [
      [rsa, openssl(rsa, "rsa", "-traditional", `-${cipher}`, "-passout", "pass:pässwörd")],
      [ec, openssl(ec, "ec", `-${cipher}`, "-passout", "pass:pässwörd")],
    ] as const
    for (const [key, file] of files) {
      expect(file.toString()).toContain("Proc-Type: 4,ENCRYPTED")
      const { keys, warnings } = await importKeys(file, { format: "auto", passphrase: right })
      expect(Buffer.from(found(keys)[0]?.material.bytes ?? [])).toEqual(pkcs8Der(key))
      expect(warnings).toEqual([expect.stringContaining("old way")])
      await expect(onlyKeyIn(file, wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
    }
  },
)

const hasLegacyProvider = (() => {
  try {
    openssl("", "list", "-providers", "-provider", "legacy")
    return true
  } catch {
    return false
  }
})()

test
  .skipIf(!hasLegacyProvider)
  .for([
    "PBE-MD5-DES",
    "PBE-SHA1-DES",
    "PBE-MD5-RC2-64",
    "PBE-SHA1-RC2-64",
    "PBE-SHA1-3DES",
    "PBE-SHA1-2DES",
    "PBE-SHA1-RC2-128",
    "PBE-SHA1-RC2-40",
  ])("PKCS#8 that openssl encrypted with %s is read, with a warning, in PEM and DER", async (scheme) => {
  using right = passphrase("pässwörd")
  const key = generated("ec-p256")
  for (const form of ["PEM", "DER"]) {
    const providers = ["-provider", "legacy", "-provider", "default"]
    const file = openssl(
      key,
      "pkcs8",
      "-topk8",
      "-v1",
      scheme,
      "-outform",
      form,
      "-passout",
      "pass:pässwörd",
      ...providers,
    )
    const { keys, warnings } = await importKeys(file, { format: "pkcs8-encrypted", passphrase: right })
    expect(Buffer.from(found(keys)[0]?.material.bytes ?? [])).toEqual(pkcs8Der(key))
    expect(warnings).toEqual([expect.stringContaining("old way")])
  }
})

test.for(["PEM", "DER"])("PKCS#1 in %s is read", async (form) => {
  const pem = generated("rsa-2048")
  const file = openssl(pem, "rsa", "-traditional", "-outform", form)
  const { format, keys } = await importKeys(file, { format: "auto", passphrase: null })
  expect(format).toBe(`pkcs1-${form.toLowerCase()}`)
  expect(Buffer.from(found(keys)[0]?.material.bytes ?? [])).toEqual(pkcs8Der(pem))
})

test.for(["ec-p256", "ec-p384", "ec-p521", "ec-secp256k1"] as const)(
  "%s: SEC 1 is read, with and without public point",
  async (algorithm) => {
    const pem = generated(algorithm)
    const plain = pkcs8Der(pem)
    const forms = [
      openssl(pem, "ec"),
      openssl(pem, "ec", "-outform", "DER"),
      openssl(pem, "ec", "-no_public"),
      openssl(pem, "ec", "-conv_form", "compressed"),
    ]
    for (const file of forms) {
      const { format, keys } = await importKeys(file, { format: "auto", passphrase: null })
      expect(format).toMatch(/^sec1-(pem|der)$/)
      expect(Buffer.from(found(keys)[0]?.material.bytes ?? [])).toEqual(plain)
    }
  },
)

test("an EC key after its parameters, as ecparam writes it, is read", async () => {
  const file = openssl("", "ecparam", "-name", "prime256v1", "-genkey")
  expect(file.toString()).toContain("EC PARAMETERS")
  expect(await onlyKeyIn(file)).toMatchObject({ algorithm: "ec-p256" })
})

test("a curve spelled out by its numbers is refused", async () => {
  const file = openssl("", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-param_enc", "explicit")
  await expect(onlyKeyIn(file)).rejects.toThrow("spelled out")
})

test.for([
  ["RSA of 1024 bits", ["RSA", "-pkeyopt", "rsa_keygen_bits:1024"], "an RSA key of 1024 bits"],
  [
    "RSA of three primes",
    ["RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_primes:3"],
    "more than two primes",
  ],
  ["RSA-PSS", ["RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], "limited to PSS"],
  ["Ed448", ["ED448"], "not supported"],
  ["brainpool", ["EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"], "this curve is not supported"],
] as const)("openssl's %s is refused with the reason", async ([, options, reason]) => {
  await expect(onlyKeyIn(openssl("", "genpkey", "-algorithm", ...options))).rejects.toThrow(reason)
})

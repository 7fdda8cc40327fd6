import { createPrivateKey, generateKeyPairSync } from "node:crypto"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { type ImportOptions, importKeys } from "../../main/crypto/formats/import-key.ts"
import { encodePem } from "../../main/crypto/formats/pem.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import { asymmetricAlgorithms, found, onlyKeyIn, passphrase, sampleKey, symmetricAlgorithms } from "./sample-keys.ts"

function bare(file: Uint8Array, algorithm: Algorithm, format: ImportOptions["format"] = "auto") {
  return importKeys(file, { format, passphrase: null, algorithm })
}

const auto = { format: "auto", passphrase: null } as const

async function pkcs8Pem(algorithm: Algorithm): Promise<string> {
  using material = await sampleKey(algorithm)
  using file = await exportPrivate({ algorithm, material, comment: null }, "pkcs8-pem", null)
  return Buffer.from(file.bytes).toString()
}

async function publicPem(algorithm: Algorithm): Promise<string> {
  using material = await sampleKey(algorithm)
  return Buffer.from(
    exportPublic({ algorithm, publicKey: publicKeyOf(material.bytes), comment: null }, "spki-pem"),
  ).toString()
}

test.for(symmetricAlgorithms)("%s: raw and hexadecimal are told apart, and taken at their word", async (algorithm) => {
  using material = await sampleKey(algorithm)
  const hex = Buffer.from(` ${Buffer.from(material.bytes).toString("hex").toUpperCase()}\r\n`)
  for (const [file, format] of [
    [material.bytes, "raw"],
    [hex, "hex"],
  ] as const) {
    for (const asked of ["auto", format] as const) {
      expect(await bare(file, algorithm, asked)).toMatchObject({
        format,
        keys: [{ algorithm, material, publicKey: null }],
      })
    }
  }
})

test.for([
  ["JSON", [0x7b, 0x22, 0xff]],
  ["DER", [0x30, 0x1e, 0x02, 0x01]],
  ["PEM", [0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x42]],
  ["a byte order mark", [0xef, 0xbb, 0xbf]],
  ["white space", [0x20, 0x0a]],
] as const)("a raw key that begins like %s is raw all the same", async ([, start]) => {
  const material = new Uint8Array(32).fill(0xa5)
  material.set(start)
  expect(await bare(material, "aes-256")).toMatchObject({ format: "raw", keys: [{ material: { bytes: material } }] })
})

test.for(symmetricAlgorithms)("%s: a key of another length is refused, and the length named", async (algorithm) => {
  for (const length of [1, 15, 17, 31, 513]) {
    await expect(bare(new Uint8Array(length), algorithm, "raw")).rejects.toThrow(
      /^INVALID_INPUT: a key of .* is \d+( to \d+)? bytes$/,
    )
  }
})

test("a bare private key has the one length of its algorithm: a scalar that of its curve, a lattice's key that of its seed", async () => {
  for (const [algorithm, length] of [
    ["ec-p256", 32],
    ["ec-p384", 48],
    ["ec-p521", 66],
    ["ec-secp256k1", 32],
    ["ed25519", 32],
    ["x25519", 32],
    ["ml-kem-512", 64],
    ["ml-dsa-87", 32],
  ] as const) {
    const scalar = new Uint8Array(length).fill(1, 1)
    expect(await bare(scalar, algorithm)).toMatchObject({ format: "raw", keys: [{ algorithm }] })
    await expect(bare(scalar.subarray(1), algorithm, "raw")).rejects.toThrow(`is ${length} bytes`)
  }
})

test("an EC scalar outside the curve's order is refused", async () => {
  await expect(bare(new Uint8Array(32), "ec-p256", "raw")).rejects.toThrow("outside the curve's order")
  await expect(bare(new Uint8Array(32).fill(0xff), "ec-secp256k1", "raw")).rejects.toThrow("outside the curve's order")
})

test("RSA has no raw form", async () => {
  await expect(bare(new Uint8Array(256), "rsa-2048", "raw")).rejects.toThrow("no raw form")
})

test.for(["raw", "hex"] as const)("%s without an algorithm is refused", async (format) => {
  await expect(importKeys(Buffer.from("00"), { format, passphrase: null })).rejects.toThrow("--algorithm is needed")
})

test("a secret is taken exactly as it stands, whatever it looks like", async () => {
  for (const text of ["token\n", "\ufeff{", "deadbeef", await pkcs8Pem("ed25519"), "pässwörd"]) {
    const { format, keys } = await bare(Buffer.from(text), "secret")
    expect(format).toBe("raw")
    expect(Buffer.from(found(keys)[0]?.material.bytes ?? []).toString()).toBe(text)
  }
})

test("a secret is UTF-8, and at most 64 KiB", async () => {
  await expect(bare(Uint8Array.of(0xff), "secret")).rejects.toThrow("UTF-8")
  await expect(bare(Buffer.alloc(65_537, 65), "secret")).rejects.toThrow("1 to 65536 bytes")
  expect((await bare(Buffer.alloc(65_536, 65), "secret")).keys).toHaveLength(1)
})

test("the file given is left as it is, and the material is a copy", async () => {
  const file = Buffer.from(await pkcs8Pem("ec-p256"))
  const before = Buffer.from(file)
  const { material } = await onlyKeyIn(file)
  material[Symbol.dispose]()
  expect(file).toEqual(before)
})

test("a format that was asked for is not another one", async () => {
  const file = Buffer.from(await pkcs8Pem("ed25519"))
  await expect(importKeys(file, { format: "openssh", passphrase: null })).rejects.toThrow(
    "the file is pkcs8-pem, not openssh",
  )
  await expect(importKeys(Buffer.from("x"), { format: "jwk", passphrase: null })).rejects.toThrow("not recognised")
})

test("an algorithm that was asked for is not another one", async () => {
  const file = Buffer.from(await pkcs8Pem("ed25519"))
  await expect(bare(file, "x25519")).rejects.toThrow("the file holds a key of ed25519, not of x25519")
})

test("PEM: every private key is read, a public key of one of them may stand beside", async () => {
  const file = [await pkcs8Pem("ed25519"), await publicPem("ec-p256"), await pkcs8Pem("ec-p256")].join("\n")
  const { format, keys } = await importKeys(Buffer.from(file), auto)
  expect(format).toBe("pkcs8-pem")
  expect(found(keys).map(({ algorithm }) => algorithm)).toEqual(["ed25519", "ec-p256"])
})

test("PEM: a public key of none of the private ones is refused", async () => {
  const file = Buffer.from((await pkcs8Pem("ed25519")) + (await publicPem("ec-p256")))
  await expect(importKeys(file, auto)).rejects.toThrow("the public key is of another private key")
})

test("PEM: private keys in different forms are all read", async () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" })
  const sec1 = privateKey.export({ format: "pem", type: "sec1" })
  const file = Buffer.from((await pkcs8Pem("ed25519")) + sec1)
  expect(await importKeys(file, auto)).toMatchObject({
    format: "pem",
    keys: [{ algorithm: "ed25519" }, { algorithm: "ec-p256" }],
  })
})

test("a public key alone is refused with the reason, in each of its forms", async () => {
  using material = await sampleKey("ed25519")
  const publicKey = publicKeyOf(material.bytes)
  const line = exportPublic({ algorithm: "ed25519", publicKey, comment: null }, "openssh")
  const pem = exportPublic({ algorithm: "ed25519", publicKey, comment: null }, "spki-pem")
  for (const file of [publicKey, line, pem]) {
    await expect(importKeys(file, auto)).rejects.toThrow("there is no private key in the file")
  }
})

test("a certificate alone, and what is neither key nor certificate, are refused", async () => {
  const certificate = encodePem("CERTIFICATE", new Uint8Array(9))
  await expect(importKeys(certificate, auto)).rejects.toThrow("there is no private key in the file")
  const der = readFileSync(new URL("../vectors/pkcs12/leaf.der", import.meta.url))
  await expect(importKeys(der, auto)).rejects.toThrow("a certificate alone: there is no private key in the file")
  await expect(importKeys(encodePem("X509 CRL", new Uint8Array(9)), auto)).rejects.toThrow("a block that is no key")
})

test.for(asymmetricAlgorithms)("%s: encrypted PKCS#8 needs its passphrase, in DER as in PEM", async (algorithm) => {
  using material = await sampleKey(algorithm)
  const key = createPrivateKey({ key: Buffer.from(material.bytes), format: "der", type: "pkcs8" })
  const protection = { type: "pkcs8", cipher: "aes-192-cbc", passphrase: "right" } as const
  const der = key.export({ format: "der", ...protection })
  const pem = Buffer.from(key.export({ format: "pem", ...protection }))
  for (const file of [der, pem]) {
    using right = passphrase("right")
    using wrong = passphrase("wrong")
    expect((await onlyKeyIn(file, right)).material).toEqual(material)
    await expect(onlyKeyIn(file, wrong)).rejects.toMatchObject({
      code: "WRONG_PASSPHRASE",
      detail: "the key file does not open",
    })
    await expect(onlyKeyIn(file)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: "the file is encrypted: --in-passphrase-file is needed",
    })
  }
})

test("no wrong passphrase of 1,000 is taken for a damaged file", async () => {
  using material = await sampleKey("ed25519")
  const key = createPrivateKey({ key: Buffer.from(material.bytes), format: "der", type: "pkcs8" })
  const file = key.export({ format: "der", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "right" })
  const codes = new Set<unknown>()
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    using wrong = passphrase(`wrong ${attempt}`)
    await onlyKeyIn(file, wrong).catch((error: unknown) =>
      codes.add(error instanceof Error && "code" in error ? error.code : error),
    )
  }
  expect(codes).toEqual(new Set(["WRONG_PASSPHRASE"]))
})

test("an empty file, and one larger than 1 MiB, are refused", async () => {
  await expect(importKeys(new Uint8Array(), auto)).rejects.toThrow("empty")
  await expect(importKeys(new Uint8Array(1024 * 1024 + 1), auto)).rejects.toThrow("1 MiB")
})

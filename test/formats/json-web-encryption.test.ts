import { readFileSync } from "node:fs"
import { CompactEncrypt, compactDecrypt, FlattenedEncrypt } from "jose"
import { expect, test } from "vitest"
import { z } from "zod"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { processorMs } from "../support/processor-time.ts"
import { onlyKeyIn, passphrase, sampleKey } from "./sample-keys.ts"

const example = z
  .object({
    input: z.object({ pwd: z.string(), plaintext: z.string() }),
    output: z.object({ compact: z.string(), json: z.unknown(), json_flat: z.unknown() }),
  })
  .parse(JSON.parse(cookbook("5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2")))

function cookbook(name: string): string {
  return readFileSync(new URL(`../vectors/jose-cookbook/jwe/${name}.json`, import.meta.url), "utf8")
}

function read(text: string, secret = "pässwörd") {
  using owned = passphrase(secret)
  return importKeys(Buffer.from(text), { format: "auto", passphrase: owned })
}

test.for([
  ["compact", example.output.compact],
  ["compact, with a line break", `${example.output.compact}\r\n`],
  ["general JSON", JSON.stringify(example.output.json)],
  ["flattened JSON", JSON.stringify(example.output.json_flat, null, 2)],
])("RFC 7520, 5.3, %s: the three keys of its set", async ([, text = ""]) => {
  using right = passphrase(example.input.pwd)
  using wrong = passphrase("entrap_o-peter_long-credit_tun")
  const imported = await importKeys(Buffer.from(text), { format: "auto", passphrase: right })
  expect(imported).toMatchObject({
    format: "jwe",
    keys: [
      { algorithm: "aes-128", comment: "77c7e2b8-6e13-45cf-8672-617b5b45243a" },
      { algorithm: "aes-128", comment: "81b20965-8332-43d9-a468-82160ad91ac8" },
      { algorithm: "aes-256", comment: "18ec08e1-bfa9-4d95-b205-2b4dd1d4321d" },
    ],
  })
  await expect(importKeys(Buffer.from(text), { format: "auto", passphrase: wrong })).rejects.toMatchObject({
    code: "WRONG_PASSPHRASE",
  })
  await expect(importKeys(Buffer.from(text), { format: "auto", passphrase: null })).rejects.toThrow(
    "--in-passphrase-file is needed",
  )
})

const octKey = JSON.stringify({ kty: "oct", alg: "HS256", k: Buffer.alloc(32, 7).toString("base64url"), kid: "näme" })
const secret = Buffer.from("pässwörd")

test.for(
  ["PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW"].flatMap((alg) =>
    ["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"].map(
      (enc) => [alg, enc] as const,
    ),
  ),
)("%s with %s: what the jose library writes is read, compact and in JSON", async ([alg, enc]) => {
  const compact = await new CompactEncrypt(Buffer.from(octKey))
    .setKeyManagementParameters({ p2c: 1000 })
    .setProtectedHeader({ alg, enc, cty: "jwk+json" })
    .encrypt(secret)
  const json = await new FlattenedEncrypt(Buffer.from(octKey))
    .setKeyManagementParameters({ p2c: 1000 })
    .setProtectedHeader({ alg, enc })
    .setSharedUnprotectedHeader({ cty: "jwk+json" })
    .setAdditionalAuthenticatedData(Buffer.from("more"))
    .encrypt(secret)
  for (const text of [compact, JSON.stringify(json)]) {
    expect(await read(text)).toMatchObject({ format: "jwe", keys: [{ algorithm: "hmac-sha256", comment: "näme" }] })
  }
  await expect(read(JSON.stringify({ ...json, aad: "bW9yZg" }))).rejects.toThrow("the passphrase is right, but")
})

test("the jose library reads what we write: PBES2-HS512+A256KW of 600,000 iterations, A256GCM", async () => {
  using material = await sampleKey("ec-p256")
  using owned = passphrase("pässwörd")
  const key = { algorithm: "ec-p256", material, comment: "näme" } as const
  using file = await exportPrivate(key, "jwe", owned)
  using jwk = await exportPrivate(key, "jwk", null)
  const options = { maxPBES2Count: 600_000, keyManagementAlgorithms: ["PBES2-HS512+A256KW"] }
  const { plaintext, protectedHeader } = await compactDecrypt(file.bytes, secret, options)
  expect(protectedHeader).toMatchObject({ enc: "A256GCM", p2c: 600_000, cty: "jwk+json" })
  expect(Buffer.from(plaintext).toString()).toBe(Buffer.from(jwk.bytes).toString())
  expect(await onlyKeyIn(file.bytes, owned)).toMatchObject({ comment: "näme", material })
})

/** The cookbook's example with other header parameters, or with other members. */
function changed(header: Record<string, unknown>, members: Record<string, unknown> = {}): string {
  const [text = "", encryptedKey, iv, ciphertext, tag] = example.output.compact.split(".")
  const original: object = JSON.parse(Buffer.from(text, "base64url").toString())
  const whole = Buffer.from(JSON.stringify({ ...original, ...header })).toString("base64url")
  return JSON.stringify({ protected: whole, encrypted_key: encryptedKey, iv, ciphertext, tag, ...members })
}

test.for([
  ["2^31 iterations", changed({ p2c: 2 ** 31 }), "p2c"],
  ["one iteration more than the bound", changed({ p2c: 10_000_001 }), "p2c"],
  ["no iteration", changed({ p2c: 0 }), "p2c"],
  ["half an iteration", changed({ p2c: 0.5 }), "p2c"],
  ["iterations in another form", changed({ p2c: "8192" }), "p2c"],
  ["a salt of 7 bytes", changed({ p2s: "AAAAAAAAAA" }), "p2s"],
  ["no salt", changed({ p2s: undefined }), "p2s"],
  ["a key that was agreed on", changed({ alg: "dir" }), "only PBES2"],
  ["RSA", changed({ alg: "RSA-OAEP-256" }), "only PBES2"],
  ["an algorithm called constructor", changed({ alg: "constructor" }), "only PBES2"],
  ["an encryption called constructor", changed({ enc: "constructor" }), "enc"],
  ["compression", changed({ zip: "DEF" }), "zip"],
  ["a critical extension", changed({ crit: ["exp"] }), "crit"],
  ["a parameter in two headers", changed({}, { header: { alg: "PBES2-HS512+A256KW" } }), "stands twice"],
  ["17 recipients", changed({}, { recipients: Array.from({ length: 17 }, () => ({})) }), "recipients"],
  ["no recipient", changed({}, { recipients: [] }), "recipients"],
  ["a header that is no object", changed({}, { header: "x" }), "header"],
  ["a ciphertext that is no base64url", changed({}, { ciphertext: "a+b" }), "ciphertext"],
  ["no tag", changed({}, { tag: undefined }), "tag"],
  ["five parts of nothing", "eyJ....", "header"],
] as const)("%s is refused at once, and named", async ([, text, reason]) => {
  const start = processorMs()
  const reading = read(text, example.input.pwd)
  await expect(reading).rejects.toMatchObject({ code: "INVALID_INPUT", detail: expect.stringContaining(reason) })
  expect(processorMs() - start).toBeLessThan(2000)
})

test("a change of the content is told from a wrong passphrase", async () => {
  const reading = read(changed({}, { tag: "AAAAAAAAAAAAAAAAAAAAAA" }), example.input.pwd)
  await expect(reading).rejects.toMatchObject({
    code: "INVALID_INPUT",
    detail: "JWE: the passphrase is right, but the content was changed or is damaged",
  })
})

test("content that is no JSON Web Key is refused", async () => {
  for (const content of ["hello", "{}", "[]", ""]) {
    const text = await new CompactEncrypt(Buffer.from(content))
      .setKeyManagementParameters({ p2c: 1000 })
      .setProtectedHeader({ alg: "PBES2-HS256+A128KW", enc: "A128GCM" })
      .encrypt(secret)
    await expect(read(text)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

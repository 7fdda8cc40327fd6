import { createHash, createPrivateKey } from "node:crypto"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { z } from "zod"
import { derOctetString } from "../../main/crypto/asn1/der-writer.ts"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { encodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { Secret } from "../../main/domain/secret.ts"
import { latticeSample, pkcs8 } from "./lattice-samples.ts"
import { onlyKeyIn, sampleKey } from "./sample-keys.ts"

type Members = Record<string, unknown>

function jwk(members: Members): Uint8Array {
  return Buffer.from(JSON.stringify(members))
}

/** A key of ours as the members of a JWK. */
async function sampleJwk(
  algorithm: "rsa-2048" | "ec-p256" | "ec-p521" | "ed25519" | "x25519" | `ml-dsa-${44 | 65 | 87}` | "aes-256",
): Promise<Members> {
  using material = await sampleKey(algorithm)
  using file = await exportPrivate({ algorithm, material, comment: null }, "jwk", null)
  return parsedMembers(file.bytes)
}

function parsedMembers(file: Uint8Array): Members {
  return z.record(z.string(), z.string()).parse(JSON.parse(Buffer.from(file).toString()))
}

function cookbook(name: string): Uint8Array {
  return readFileSync(new URL(`../vectors/jose-cookbook/jwk/${name}.json`, import.meta.url))
}

test.for([
  ["3_2.ec_private_key", "ec-p521", "bilbo.baggins@hobbiton.example"],
  ["3_4.rsa_private_key", "rsa-2048", "bilbo.baggins@hobbiton.example"],
  ["3_5.symmetric_key_mac_computation", "hmac-sha256", "018c0ae5-4d9b-471b-bfd6-eef314bc7037"],
  ["3_6.symmetric_key_encryption", "aes-256", "1e571774-2e08-40da-8308-e8d68773842d"],
] as const)("RFC 7520, %s: a key of %s, named by its kid", async ([name, algorithm, comment]) => {
  expect(await onlyKeyIn(cookbook(name))).toMatchObject({ algorithm, comment })
})

test.for(["3_1.ec_public_key", "3_3.rsa_public_key"])("RFC 7520, %s: a public key alone is refused", async (name) => {
  await expect(onlyKeyIn(cookbook(name))).rejects.toThrow("no private key")
})

test("the key of RFC 8037, A.1 is read and written the same", async () => {
  const members = {
    kty: "OKP",
    crv: "Ed25519",
    x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
  }
  const key = await onlyKeyIn(jwk(members))
  using file = await exportPrivate(key, "jwk", null)
  expect(JSON.parse(Buffer.from(file.bytes).toString())).toEqual(members)
})

/** RFC 9964, A.1: the key of the seed of zeros; its `kid` is the thumbprint (RFC 7638) of its public half. */
test("the ML-DSA key of RFC 9964 has the thumbprint that it has there, in Node's form as in ours", async () => {
  const thumbprint = "T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o"
  const seed = new Uint8Array(32)
  const material = encodePrivateKeyInfo({ kind: "lattice", algorithm: "ml-dsa-44", seed, expanded: null })
  using key = new Secret(material)
  using file = await exportPrivate({ algorithm: "ml-dsa-44", material: key, comment: thumbprint }, "jwk", null)
  const { kty, alg, pub, priv, kid, ...others } = parsedMembers(file.bytes)
  expect({ kty, alg, priv, kid, others }).toEqual({
    kty: "AKP",
    alg: "ML-DSA-44",
    priv: "A".repeat(43),
    kid: thumbprint,
    others: {},
  })
  const required = JSON.stringify({ alg, kty, pub })
  expect(createHash("sha256").update(required).digest("base64url")).toBe(thumbprint)
  expect((await onlyKeyIn(file.bytes)).material.bytes).toEqual(material)
  const theirs = createPrivateKey({ key: Buffer.from(material), format: "der", type: "pkcs8" }).export({
    format: "jwk",
  })
  expect(theirs).toEqual({ kty, alg, pub, priv })
})

test.for(["ml-dsa-44", "ml-dsa-65", "ml-dsa-87"] as const)(
  "%s: a JWK needs its private and its public half, of one key",
  async (algorithm) => {
    const { priv, pub, ...rest } = await sampleJwk(algorithm)
    const { pub: other } = await sampleJwk(algorithm === "ml-dsa-44" ? "ml-dsa-65" : "ml-dsa-44")
    const turned = `${String(pub).startsWith("A") ? "B" : "A"}${String(pub).slice(1)}`
    await expect(onlyKeyIn(jwk({ ...rest, pub }))).rejects.toThrow("no private key")
    await expect(onlyKeyIn(jwk({ ...rest, priv }))).rejects.toThrow("pub: missing")
    await expect(onlyKeyIn(jwk({ ...rest, priv, pub: other }))).rejects.toThrow("pub: not")
    await expect(onlyKeyIn(jwk({ ...rest, priv, pub: turned }))).rejects.toThrow("pub: the public key is of another")
    await expect(onlyKeyIn(jwk({ ...rest, pub, priv: String(pub).slice(0, 44) }))).rejects.toThrow("priv: not 32 bytes")
  },
)

test("an ML-DSA key without its seed has no JWK, which holds the seed", async () => {
  const { expanded } = await latticeSample("ml-dsa-44")
  using material = new Secret(pkcs8("ml-dsa-44", derOctetString(expanded)))
  await expect(exportPrivate({ algorithm: "ml-dsa-44", material, comment: null }, "jwk", null)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    detail: "jwk holds the seed of a key of ml-dsa-44; that of this one is not known",
  })
})

test.for([["ML-KEM-768"], ["SLH-DSA-SHA2-128s"], ["ML-DSA-44-ES256"], [undefined]])(
  "AKP of alg %s, which no standard defines, is refused",
  async ([alg]) => {
    const members = await sampleJwk("ml-dsa-44")
    await expect(onlyKeyIn(jwk({ ...members, alg }))).rejects.toThrow("alg: of kty AKP only ML-DSA-44")
  },
)

const wycheproof = z.object({
  testGroups: z.array(z.object({ comment: z.string(), private: z.record(z.string(), z.unknown()) })),
})

/** Groups of Project Wycheproof that are about the key itself, and not about which signature it may verify; the first of each name. */
test.for([
  ["jws_keyset", ["taken", "taken"]],
  ["jws_mixedSymmetryKeyset", ["taken", "refused"]],
  ["jws_duplicate_kid", ["taken", "refused"]],
  ["keysize_too_small", null],
  ["exponentOne", null],
  ["invalid_point", null],
  ["wrong_curve", null],
  ["wrong_kty", null],
] as const)("Project Wycheproof's key set %s: its keys are %j, or the file is refused", async ([comment, expected]) => {
  const file = new URL("../vectors/wycheproof/json_web_key_test.json", import.meta.url)
  const { testGroups } = wycheproof.parse(JSON.parse(readFileSync(file, "utf8")))
  const group = testGroups.find((each) => each.comment === comment)
  const imported = importKeys(jwk(group?.private ?? {}), { format: "auto", passphrase: null })
  if (expected === null) return await expect(imported).rejects.toMatchObject({ code: "INVALID_INPUT" })
  expect((await imported).keys.map((key) => ("refusal" in key ? "refused" : "taken"))).toEqual(expected)
})

test("HMAC keys shorter than the hash are refused, longer ones are not, as Project Wycheproof asks", async () => {
  const file = new URL("../vectors/wycheproof/json_web_key_test.json", import.meta.url)
  const { testGroups } = wycheproof.parse(JSON.parse(readFileSync(file, "utf8")))
  const verdicts = await Promise.all(
    testGroups
      .filter(({ comment }) => comment.startsWith("HS"))
      .map((group) =>
        onlyKeyIn(jwk(group.private)).then(
          () => "valid",
          () => "invalid",
        ),
      ),
  )
  expect(verdicts).toEqual([...Array(3).fill("invalid"), ...Array(3).fill("valid"), ...Array(3).fill("invalid")])
})

test("an octet key without alg needs the algorithm to be named, and then has it", async () => {
  const file = jwk({ kty: "oct", k: Buffer.alloc(32, 7).toString("base64url") })
  await expect(onlyKeyIn(file)).rejects.toThrow("--algorithm is needed")
  const { keys } = await importKeys(file, { format: "jwk", passphrase: null, algorithm: "chacha20-poly1305" })
  expect(keys).toMatchObject([{ algorithm: "chacha20-poly1305", publicKey: null }])
})

test("an octet key of another alg than was asked for is refused", async () => {
  const file = jwk(await sampleJwk("aes-256"))
  await expect(importKeys(file, { format: "jwk", passphrase: null, algorithm: "hmac-sha256" })).rejects.toThrow("alg")
})

test.for(["ec-p256", "ed25519", "x25519"] as const)(
  "%s: a public part that d does not give is refused",
  async (algorithm) => {
    const members = await sampleJwk(algorithm)
    const other =
      algorithm === "ec-p256" ? "B".repeat(43).replace(/.$/, "A") : "d75a980182b10ab7d54bfed3c964073a0ee172f3da"
    await expect(onlyKeyIn(jwk({ ...members, x: other.slice(0, 42).padEnd(43, "A") }))).rejects.toMatchObject({
      code: "INVALID_INPUT",
    })
  },
)

test.for([
  [
    "with a zero in front",
    (d: string) => Buffer.concat([Buffer.of(0), Buffer.from(d, "base64url")]).toString("base64url"),
  ],
  ["a byte short", (d: string) => Buffer.from(d, "base64url").subarray(1).toString("base64url")],
  ["in base64", (d: string) => `${Buffer.from(d, "base64url").toString("base64")}`],
  ["with an escape", (d: string) => `\\u0041${d.slice(1)}`],
  ["with a line feed", (d: string) => `${d}\n`],
] as const)("a private value %s is refused", async ([, alter]) => {
  // Their base64 ends in padding; that of the 66 bytes of P-521 does not, and may happen to be base64url as well.
  for (const algorithm of ["rsa-2048", "ec-p256", "ed25519"] as const) {
    const members = await sampleJwk(algorithm)
    const text = JSON.stringify({ ...members, d: "@" }).replace("@", alter(String(members["d"])))
    await expect(onlyKeyIn(Buffer.from(text))).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

test("a member that stands twice is refused", async () => {
  const text = JSON.stringify(await sampleJwk("ed25519")).replace("{", '{"kty":"OKP",')
  await expect(onlyKeyIn(Buffer.from(text))).rejects.toThrow("a member stands twice")
})

test.for(["p", "q", "dp", "dq", "qi"])("RSA without %s is refused, and the reason given", async (name) => {
  const { [name]: _, ...rest } = await sampleJwk("rsa-2048")
  await expect(onlyKeyIn(jwk(rest))).rejects.toThrow("n, e and d alone are not enough")
})

test("RSA of more than two primes is refused", async () => {
  await expect(onlyKeyIn(jwk({ ...(await sampleJwk("rsa-2048")), oth: [] }))).rejects.toThrow("two primes")
})

test("a set gives all its keys, each with its kid", async () => {
  const keys = [
    { ...(await sampleJwk("ed25519")), kid: "one" },
    { ...(await sampleJwk("aes-256")), kid: "zwei ✓" },
  ]
  const imported = await importKeys(jwk({ keys }), { format: "jwk", passphrase: null })
  expect(imported.keys).toMatchObject([
    { algorithm: "ed25519", comment: "one" },
    { algorithm: "aes-256", comment: "zwei ✓" },
  ])
})

test.for([[[]], [[1]], [{}], ["x"]])("a set whose keys are %j is refused", async ([keys]) => {
  await expect(onlyKeyIn(jwk({ keys }))).rejects.toThrow("JWK: keys")
})

test.for([[1], [null], ["x".repeat(3000)]])("a kid that is no short string is refused", async ([kid]) => {
  await expect(onlyKeyIn(jwk({ ...(await sampleJwk("ed25519")), kid }))).rejects.toThrow("kid")
})

test("what is exported is JSON with the members in the order of the standard, as bytes of its own", async () => {
  using material = Secret.copyOf(new Uint8Array(16))
  using file = await exportPrivate({ algorithm: "aes-128", material, comment: 'a"\n' }, "jwk", null)
  expect(Buffer.from(file.bytes).toString()).toBe(
    '{"kty":"oct","alg":"A128GCM","k":"AAAAAAAAAAAAAAAAAAAAAA","kid":"a\\"\\n"}\n',
  )
  expect(file.bytes.byteLength).toBe(file.bytes.buffer.byteLength)
})

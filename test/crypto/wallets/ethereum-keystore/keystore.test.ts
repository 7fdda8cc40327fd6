import { createCipheriv, pbkdf2Sync } from "node:crypto"
import { keccak_256 } from "@noble/hashes/sha3.js"
import fc from "fast-check"
import { beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { readKeystore } from "../../../../main/crypto/wallets/ethereum-keystore/read-keystore.ts"
import { writeKeystore } from "../../../../main/crypto/wallets/ethereum-keystore/write-keystore.ts"
import { Secret } from "../../../../main/domain/secret.ts"
import { VaultError } from "../../../../main/domain/vault-error.ts"
import { processorMs } from "../../../support/processor-time.ts"
import { hexOf, readVectors, textOf, utf8 } from "../read-vectors.ts"

const vectors = readVectors(
  "other-chains/keystore-v3.json",
  z.record(z.string(), z.object({ json: z.looseObject({}), password: z.string(), priv: z.string() })),
)
const scryptVector = vectors["wikipage_test_vector_scrypt"]
const quick = { kdf: "pbkdf2", kdfparams: { c: 1, dklen: 32, prf: "hmac-sha256", salt: "00".repeat(16) } }

const privateKey = "0101010101010101010101010101010101010101010101010101010101010101"
let written = new Uint8Array(0)

beforeAll(async () => {
  written = new Uint8Array(await writeKeystore(new Secret(Buffer.from(privateKey, "hex")), secretOf("a passphrase")))
})

function secretOf(text: string): Secret {
  return new Secret(new Uint8Array(Buffer.from(text)))
}

async function failure(file: unknown, passphrase = "testpassword"): Promise<VaultError> {
  const text = typeof file === "string" ? file : JSON.stringify(file)
  const error: unknown = await readKeystore(utf8(text), secretOf(passphrase)).catch((thrown: unknown) => thrown)
  if (error instanceof VaultError) return error
  throw new Error("no VaultError", { cause: error })
}

/** The published keystore with other members. */
function changed(change: (crypto: Record<string, unknown>) => object, outside: object = {}): object {
  const json = z.looseObject({ crypto: z.looseObject({}) }).parse(scryptVector?.json)
  return { ...json, ...outside, crypto: { ...json.crypto, ...change(json.crypto) } }
}

test.for(Object.entries(vectors))("%s is read", async ([, { json, password, priv }]) => {
  using read = await readKeystore(utf8(JSON.stringify(json)), secretOf(password))
  expect(hexOf(read.bytes)).toBe(priv)
})

test("what we write is what geth writes, and opens with its passphrase", async () => {
  const parsed: unknown = JSON.parse(textOf(written))
  expect(parsed).toMatchObject({
    version: 3,
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    // Of the private key 0x0101…01, as many programs' tests have it.
    address: "1a642f0e3c3af545e7acbd38b07251b3990914f1",
    crypto: { cipher: "aes-128-ctr", kdf: "scrypt", kdfparams: { dklen: 32, n: 262_144, r: 8, p: 1 } },
  })
  using read = await readKeystore(written, secretOf("a passphrase"))
  expect(hexOf(read.bytes)).toBe(privateKey)
})

test("another passphrase opens nothing", async () => {
  expect(await failure(textOf(written), "another")).toMatchObject({ code: "WRONG_PASSPHRASE" })
})

test("a keystore that says another address than its key's is refused", async () => {
  const other = textOf(written).replace("1a642f0e", "1a642f0f")
  expect(await failure(other, "a passphrase")).toMatchObject({
    code: "INVALID_INPUT",
    detail: "keystore: its address is of another key",
  })
})

test.for([
  ["00".repeat(32), "no private key of secp256k1"],
  ["ff".repeat(32), "no private key of secp256k1"],
  ["01".repeat(31), "no private key of secp256k1"],
] as const)("%s is not written", async ([hex, detail]) => {
  await expect(writeKeystore(new Secret(Buffer.from(hex, "hex")), secretOf("x"))).rejects.toMatchObject({ detail })
})

test.for([
  ["no JSON", "{", "JSON: a member name"],
  ["an array", "[]", "keystore: the file: not an object"],
  ["a member twice", '{"version":3,"version":3}', "JSON: a member stands twice"],
  ["version 1", changed(() => ({}), { version: 1 }), "keystore: version: only 3 is known"],
  ["another cipher", changed(() => ({ cipher: "aes-128-cbc" })), "keystore: cipher: only aes-128-ctr is known"],
  ["a short IV", changed(() => ({ cipherparams: { iv: "00" } })), "keystore: iv: not the bytes it must be"],
  ["no digits", changed(() => ({ ciphertext: "zz" })), "keystore: ciphertext: not the bytes it must be"],
  ["33 bytes", changed(() => ({ ciphertext: "00".repeat(33) })), "keystore: ciphertext: not the bytes it must be"],
  ["a MAC cut short", changed(() => ({ mac: "00" })), "keystore: mac: not the bytes it must be"],
  [
    "argon2",
    changed(() => ({ kdf: "argon2id" })),
    "keystore: kdf: only scrypt, and pbkdf2 with hmac-sha256, are known",
  ],
  ["a number as text", changed(() => scrypt({ n: "2" })), "keystore: n: not a number"],
  ["a key of 16 bytes", changed(() => scrypt({ dklen: 16 })), "keystore: dklen: only 32 is known"],
] as const)("%s is refused, and the reason told", async ([, file, detail]) => {
  expect(await failure(file)).toMatchObject({ code: "INVALID_INPUT", detail })
})

function scrypt(change: object): object {
  return { kdf: "scrypt", kdfparams: { dklen: 32, n: 2, r: 8, p: 1, salt: "00", ...change } }
}

test.for([
  ["scrypt of 2^31", scrypt({ n: 2 ** 31 })],
  ["scrypt with a gigabyte", scrypt({ n: 2 ** 20, r: 8 })],
  ["scrypt of a million lanes", scrypt({ p: 2 ** 20, n: 2 ** 10 })],
  ["scrypt of no power of two", scrypt({ n: 3 })],
  ["scrypt of one", scrypt({ n: 1 })],
  ["scrypt of nothing", scrypt({ r: 0 })],
  ["scrypt of a fraction", scrypt({ p: 1.5 })],
  ["10^9 rounds", { kdf: "pbkdf2", kdfparams: { ...quick.kdfparams, c: 1e9 } }],
  ["no round", { kdf: "pbkdf2", kdfparams: { ...quick.kdfparams, c: 0 } }],
] as const)("%s is refused before any work", async ([, change]) => {
  const started = processorMs()
  expect(await failure(changed(() => change))).toMatchObject({
    code: "INVALID_INPUT",
    detail: "keystore: the costs of its key derivation are out of bounds",
  })
  expect(processorMs() - started).toBeLessThan(2000)
})

test("a file of a megabyte is refused", async () => {
  expect((await failure(" ".repeat(2 ** 20))).detail).toBe("keystore: more than 65536 bytes")
})

test("a damaged keystore, however it is damaged, is a VaultError", async () => {
  const file = JSON.stringify(changed(() => quick))
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: file.length }),
      fc.nat({ max: 3 }),
      fc.string({ maxLength: 3 }),
      async (place, removed, added) => {
        const text = file.slice(0, place) + added + file.slice(place + removed)
        const result: unknown = await readKeystore(utf8(text), secretOf("x")).catch((error: unknown) => error)
        expect(result).toBeInstanceOf(VaultError)
      },
    ),
    { numRuns: 500 },
  )
})

test("a key whose zeros in front were left away is the same key", async () => {
  const [short, salt, iv] = [Buffer.from("0102", "hex"), Buffer.alloc(16), Buffer.alloc(16)]
  const derived = pbkdf2Sync("testpassword", salt, 1, 32, "sha256")
  const ciphertext = createCipheriv("aes-128-ctr", derived.subarray(0, 16), iv).update(short)
  const mac = hexOf(keccak_256(Buffer.concat([derived.subarray(16), ciphertext])))
  const file = changed(() => ({ ...quick, cipherparams: { iv: hexOf(iv) }, ciphertext: hexOf(ciphertext), mac }))
  using read = await readKeystore(utf8(JSON.stringify(file)), secretOf("testpassword"))
  expect(hexOf(read.bytes)).toBe("0102".padStart(64, "0"))
})

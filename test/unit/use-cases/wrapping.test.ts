import { generateKeyPairSync } from "node:crypto"
import { afterEach, beforeEach, expect, test } from "vitest"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  await vault.generate("kek", { purpose: "key-wrapping" })
  await vault.generate("payload", { exportable: "wrapped" })
})

afterEach(() => vault[Symbol.dispose]())

const ours = (key: string) => ({ key })
const bytes = (text: string) => ({ bytes: utf8(text) })

async function clearBytes(name: string): Promise<Uint8Array> {
  const protection = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
  return (await vault.ask("key.export", { name, format: "raw", protection })).exported
}

test("a key is wrapped as a token, which opens again, over a rotation of the wrapping key", async () => {
  const { wrapped, isToken, mechanism } = await vault.ask("key.wrap", { name: "kek", secret: ours("payload") })
  expect([isToken, mechanism]).toEqual([true, "aes-gcm"])
  await vault.ask("key.rotate", { name: "kek" })
  const { plaintext, keyVersion } = await vault.ask("key.unwrap", { name: "kek", wrapped })
  expect([plaintext.length, keyVersion]).toEqual([32, 1])
  expect((await vault.ask("key.rewrap", { name: "kek", wrapped })).keyVersion).toBe(2)
})

test("with a mechanism of other programs bare bytes come out, and go in", async () => {
  const made = await vault.ask("key.wrap", { name: "kek", mechanism: "aes-kwp", secret: bytes("any bytes") })
  expect([made.isToken, made.wrapped.length]).toEqual([false, 24])
  const { plaintext } = await vault.ask("key.unwrap", { name: "kek", mechanism: "aes-kwp", wrapped: made.wrapped })
  expect(Buffer.from(plaintext).toString()).toBe("any bytes")
})

test("a key that must not leave is not wrapped either, and the refusal is logged", async () => {
  await vault.generate("staying")
  const refused = await vault.refusal("key.wrap", { name: "kek", secret: ours("staying") })
  expect(refused.code).toBe("POLICY_DENIED")
  const { rows } = await vault.ask("audit.list", { action: "key.wrap" })
  expect(rows.at(-1)).toMatchObject({ outcome: "denied" })
})

test("wrapping a key is in the log of both", async () => {
  await vault.ask("key.wrap", { name: "kek", mechanism: "aes-kwp", secret: ours("payload") })
  const details = async (key: string) => (await vault.ask("audit.list", { key, action: "key.wrap" })).rows[0]?.detail
  expect(await details("kek")).toMatchObject({ wraps: "payload", mechanism: "aes-kwp" })
  expect(await details("payload")).toMatchObject({ wrappedBy: "kek", version: 1 })
})

test("only a key for wrapping or encryption wraps, and only its own mechanisms", async () => {
  await vault.generate("signer", { algorithm: "ed25519", purpose: "signature" })
  expect((await vault.refusal("key.wrap", { name: "signer", secret: bytes("x") })).code).toBe("POLICY_DENIED")
  const refused = await vault.refusal("key.wrap", {
    name: "kek",
    mechanism: "rsa-oaep-sha256-aes-kwp",
    secret: bytes("x"),
  })
  expect(refused).toEqual({
    code: "INVALID_INPUT",
    detail: "mechanism: does not fit the key; these do: aes-gcm, aes-kwp",
  })
})

test("what was wrapped elsewhere under our public key becomes a key here, and nobody sees it", async () => {
  await vault.generate("transport", { algorithm: "rsa-2048", purpose: "key-wrapping" })
  const { wrapped } = await vault.ask("key.wrap", {
    name: "transport",
    mechanism: "rsa-oaep-sha256-aes-kwp",
    secret: ours("payload"),
  })
  await vault.ask("key.import", {
    name: "arrived",
    file: wrapped,
    algorithm: "aes-256",
    exportable: "yes",
    wrappedBy: { name: "transport" },
  })
  const { wrapped: again } = await vault.ask("key.wrap", { name: "kek", mechanism: "aes-kwp", secret: ours("payload") })
  const { plaintext } = await vault.ask("key.unwrap", { name: "kek", mechanism: "aes-kwp", wrapped: again })
  expect(await clearBytes("arrived")).toEqual(plaintext)
})

test("a wrapped file that was changed is not imported", async () => {
  const { wrapped } = await vault.ask("key.wrap", { name: "kek", mechanism: "aes-kwp", secret: ours("payload") })
  const file = wrapped.map((octet, index) => (index === 5 ? octet ^ 1 : octet))
  const refused = await vault.refusal("key.import", {
    name: "arrived",
    file,
    algorithm: "aes-256",
    wrappedBy: { name: "kek" },
  })
  expect(refused.code).toBe("INTEGRITY_FAILED")
})

test("a derived secret is handed out, or kept as a key of its length", async () => {
  await vault.generate("root", { algorithm: "hmac-sha256", purpose: "key-agreement" })
  const { derived } = await vault.ask("key.derive", { name: "root", info: utf8("for tests") })
  const { key } = await vault.ask("key.derive", {
    name: "root",
    info: utf8("for tests"),
    as: { name: "child", algorithm: "aes-256" },
  })
  expect([derived?.length, key?.name, key?.origin]).toEqual([32, "child", "derived"])
  const { ciphertext } = await vault.ask("key.encrypt", { name: "child", plaintext: utf8("hello") })
  const { plaintext } = await vault.ask("key.decrypt", { name: "child", ciphertext: utf8(ciphertext) })
  expect(Buffer.from(plaintext).toString()).toBe("hello")
  const wrong = { name: "short", algorithm: "aes-128" } as const
  expect((await vault.refusal("key.derive", { name: "root", as: wrong })).code).toBe("INVALID_INPUT")
})

test("a secret is agreed with somebody else's public key", async () => {
  await vault.generate("ours", { algorithm: "x25519", purpose: "key-agreement" })
  const pem = generateKeyPairSync("x25519").publicKey.export({ type: "spki", format: "pem" }).toString()
  const { derived, mechanism } = await vault.ask("key.derive", { name: "ours", peer: utf8(pem) })
  expect([derived?.length, mechanism]).toEqual([32, "ecdh-hkdf-sha256"])
  const refused = await vault.refusal("key.derive", { name: "ours", peer: utf8("not a key") })
  expect(refused.code).toBe("INVALID_INPUT")
})

test("a MAC key does not derive, and a derivation key does not make MACs", async () => {
  await vault.generate("mac", { algorithm: "hmac-sha256", purpose: "mac" })
  await vault.generate("root", { algorithm: "hmac-sha256", purpose: "key-agreement" })
  expect((await vault.refusal("key.derive", { name: "mac" })).code).toBe("POLICY_DENIED")
  expect((await vault.refusal("key.mac", { name: "root", message: utf8("x") })).code).toBe("POLICY_DENIED")
})

async function publicPem(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const protection = { kind: "public" } as const
  return (await vault.ask("key.export", { name, format: "spki-pem", protection })).exported
}

test.for(["ml-kem-512", "ml-kem-768", "ml-kem-1024"] as const)(
  "%s: who has the private key derives from the ciphertext what was encapsulated for it",
  async (algorithm) => {
    await vault.generate("theirs", { algorithm, purpose: "key-agreement" })
    const info = utf8("a meeting")
    const sent = await vault.ask("key.encapsulate", { peer: await publicPem("theirs"), info, bits: 384 })
    const received = await vault.ask("key.derive", { name: "theirs", ciphertext: sent.ciphertext, info, bits: 384 })
    expect(received.derived).toEqual(sent.derived)
    expect([received.derived?.length, received.mechanism]).toEqual([48, "ml-kem-hkdf-sha256"])
    const again = await vault.ask("key.encapsulate", { peer: await publicPem("theirs"), info, bits: 384 })
    expect(again.derived).not.toEqual(sent.derived)
  },
)

test("an encapsulated secret is kept as a key that the other side derives too", async () => {
  await vault.generate("theirs", { algorithm: "ml-kem-768", purpose: "key-agreement" })
  const peer = await publicPem("theirs")
  const as = { name: "session", algorithm: "aes-256" } as const
  const { ciphertext: forThem } = await vault.ask("key.encapsulate", { peer, as })
  await vault.ask("key.derive", { name: "theirs", ciphertext: forThem, as: { ...as, name: "their session" } })
  const shown = async (name: string) => (await vault.ask("key.show", { name })).versions[0]?.kcv
  expect(await shown("session")).toBe(await shown("their session"))
})

test("a ciphertext for another key gives another secret, and one of another length is refused", async () => {
  await vault.generate("theirs", { algorithm: "ml-kem-768", purpose: "key-agreement" })
  await vault.generate("others", { algorithm: "ml-kem-768", purpose: "key-agreement" })
  const sent = await vault.ask("key.encapsulate", { peer: await publicPem("theirs"), mechanism: "ml-kem" })
  const { derived } = await vault.ask("key.derive", {
    name: "others",
    ciphertext: sent.ciphertext,
    mechanism: "ml-kem",
  })
  expect(derived).not.toEqual(sent.derived)
  const refused = await vault.refusal("key.derive", { name: "theirs", ciphertext: sent.ciphertext.subarray(1) })
  expect(refused.code).toBe("INVALID_INPUT")
})

test("what a way of deriving does not take is refused", async () => {
  await vault.generate("kem", { algorithm: "ml-kem-512", purpose: "key-agreement" })
  await vault.generate("curve", { algorithm: "x25519", purpose: "key-agreement" })
  await vault.generate("root", { algorithm: "hmac-sha256", purpose: "key-agreement" })
  const [kem, curve] = [await publicPem("kem"), await publicPem("curve")]
  const refusals = [
    await vault.refusal("key.derive", { name: "kem" }),
    await vault.refusal("key.derive", { name: "kem", peer: kem }),
    await vault.refusal("key.derive", { name: "curve", peer: curve, ciphertext: utf8("x") }),
    await vault.refusal("key.derive", { name: "root", ciphertext: utf8("x") }),
    await vault.refusal("key.encapsulate", { peer: curve }),
    await vault.refusal("key.encapsulate", { peer: kem, mechanism: "ecdh" }),
    await vault.refusal("key.encapsulate", { peer: kem, mechanism: "ml-kem", info: utf8("x") }),
    await vault.refusal("key.encapsulate", { peer: kem, mechanism: "ml-kem", bits: 128 }),
  ]
  expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => "INVALID_INPUT"))
})

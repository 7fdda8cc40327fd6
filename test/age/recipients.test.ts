import { randomBytes } from "node:crypto"
import { expect, test } from "vitest"
import { hybridIdentity, hybridPublicKey, hybridRecipient } from "../../main/crypto/age/hybrid-stanza.ts"
import { decodeIdentity, encodeIdentity, identityOf } from "../../main/crypto/age/identity-text.ts"
import { decodeRecipient, recipientTextOf } from "../../main/crypto/age/recipient-text.ts"
import { passphraseIdentity, passphraseRecipient } from "../../main/crypto/age/scrypt-stanza.ts"
import type { Identity, Recipient } from "../../main/crypto/age/stanza.ts"
import { type VaultKeyPlace, vaultKeyIdentity, vaultKeyRecipient } from "../../main/crypto/age/vault-key-stanza.ts"
import { x25519Identity, x25519Recipient } from "../../main/crypto/age/x25519-stanza.ts"
import { open, seal } from "../../main/crypto/seal.ts"
import { x25519PublicKey } from "../../main/crypto/x25519-agreement.ts"
import { Secret } from "../../main/domain/secret.ts"
import { processorMs } from "../support/processor-time.ts"
import { decrypted, encrypted } from "./read-all.ts"

const plaintext = new Uint8Array(randomBytes(1000))

function secret(fill: number, size = 32): Secret {
  return new Secret(new Uint8Array(size).fill(fill))
}

const [ann, ben] = [secret(1), secret(2)]
const passphrase = Buffer.from("correct horse")

const vaultKeyId = "01981d7e-5a00-7abc-8def-0123456789ab"
const [vault, vaultIdentity] = vaultKey(vaultKeyId, 3)
const x25519 = x25519Recipient(x25519PublicKey(ann))
const hybrid = hybridRecipient(hybridPublicKey(ann))
/** The work of scrypt is little, to be quick. */
const phrase = passphraseRecipient(passphrase, 10)

/** Pairs that belong together. */
const pairs: readonly [string, Recipient, Identity][] = [
  ["X25519", x25519, x25519Identity(ann)],
  ["post-quantum hybrid", hybrid, hybridIdentity(ann)],
  ["passphrase", phrase, passphraseIdentity(passphrase)],
  ["vault key", vault, vaultIdentity],
]

function vaultKey(keyId: string, version: number, key = secret(7)): [Recipient, Identity] {
  const aad = (place: VaultKeyPlace) => Buffer.from(JSON.stringify(place))
  const place = { keyId, version }
  return [
    vaultKeyRecipient(place, async (fileKey) => seal(key.bytes, fileKey.bytes, aad(place))),
    vaultKeyIdentity(async (named, sealed) => open(key.bytes, sealed, aad(named))),
  ]
}

test.for(pairs)("%s: opens what is encrypted for it, armoured or not", async ([, recipient, identity]) => {
  for (const isArmored of [false, true]) {
    const file = await encrypted(plaintext, [recipient], isArmored)
    expect(await decrypted(file, [identity])).toEqual(plaintext)
  }
})

test.for(pairs)("%s: opens nothing that is for others, and the same plaintext is never the same file", async (pair) => {
  const [name, recipient, identity] = pair
  const file = await encrypted(plaintext, [recipient])
  expect(await encrypted(plaintext, [recipient])).not.toEqual(file)
  const others = pairs.filter(([other]) => other !== name).map(([, , other]) => other)
  const otherOfItsKind = { X25519: x25519Identity(ben), passphrase: passphraseIdentity(Buffer.from("wrong")) }[name]
  expect(await decrypted(file, [...others, otherOfItsKind ?? hybridIdentity(ben)])).toBe(null)
  expect(await decrypted(file, [...others, identity])).toEqual(plaintext)
})

test("each of several recipients opens the file", async () => {
  const keys = Array.from({ length: 70 }, (_, index) => secret(index + 1))
  const file = await encrypted(plaintext, [...keys.map((key) => x25519Recipient(x25519PublicKey(key))), vault])
  for (const key of [keys[0], keys[33], keys[69]]) {
    expect(await decrypted(file, [x25519Identity(key ?? secret(0))])).toEqual(plaintext)
  }
  expect(await decrypted(file, [vaultIdentity])).toEqual(plaintext)
})

test("a passphrase stands alone, and a post-quantum recipient not beside one that is none", async () => {
  for (const recipients of [[phrase, x25519], [phrase, phrase], [vault, phrase], [x25519, hybrid], []]) {
    await expect(encrypted(plaintext, recipients)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
  expect(await encrypted(plaintext, [hybrid, vault])).toBeInstanceOf(Uint8Array)
})

test("a passphrase costs as much as with the age program", async () => {
  const file = await encrypted(plaintext, [passphraseRecipient(passphrase)])
  expect(Buffer.from(file).toString("latin1")).toMatch(/^age-encryption[.]org\/v1\n-> scrypt [A-Za-z0-9+/]{22} 18\n/)
})

test("a file that asks for too much work is refused at once", async () => {
  const file = Buffer.from(await encrypted(plaintext, [passphraseRecipient(passphrase, 10)])).toString("latin1")
  for (const [work, identity] of [
    ["23", passphraseIdentity(passphrase)],
    ["31", passphraseIdentity(passphrase)],
    ["9999999999999999999999", passphraseIdentity(passphrase)],
    ["11", passphraseIdentity(passphrase, 10)],
  ] as const) {
    const started = processorMs()
    const asking = Buffer.from(file.replace(/(-> scrypt \S+) 10\n/, `$1 ${work}\n`), "latin1")
    await expect(decrypted(asking, [identity])).rejects.toThrow("the work factor of scrypt is more than")
    expect(processorMs() - started).toBeLessThan(1000)
  }
})

test("a stanza of a vault's key names the key and the version, and nothing else", async () => {
  const file = Buffer.from(await encrypted(plaintext, [vault])).toString("latin1")
  expect(file.split("\n")[1]).toBe("-> claviger 01981d7e-5a00-7abc-8def-0123456789ab 3")
})

test("a stanza of a vault's key that is malformed, or holds no file key, is refused", async () => {
  const file = Buffer.from(await encrypted(plaintext, [vault])).toString("latin1")
  const never = vaultKeyIdentity(() => Promise.reject(new Error("asked")))
  for (const args of [
    "x 3",
    "01981d7e-5a00-7abc-8def-0123456789ab 03",
    "01981d7e-5a00-7abc-8def-0123456789ab",
    "a b c",
  ]) {
    const changed = Buffer.from(file.replace(/-> claviger .*/, `-> claviger ${args}`), "latin1")
    await expect(decrypted(changed, [never])).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
  const wrong = vaultKeyIdentity(() => Promise.resolve(secret(1, 32)))
  await expect(decrypted(Buffer.from(file, "latin1"), [wrong])).rejects.toThrow("does not hold a file key")
})

test("identities and recipients are written as the age program writes them", () => {
  // C2SP age.md, "The X25519 recipient type" and "The MLKEM768-X25519 … recipient type".
  const ofX25519 = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
  const ofHybrid = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
  const recipients = [ofX25519, ofHybrid].map((text) => {
    const key = decodeIdentity(Buffer.from(text))
    expect(Buffer.from(encodeIdentity(key)).toString()).toBe(text)
    return recipientTextOf(key)
  })
  expect(recipients[0]).toBe("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj")
  expect(recipients[1]).toMatch(
    /^age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrq.*53k2ykx3qheyty7saeq0d3fzv49zc0k$/,
  )
})

test("a file for a recipient's text is opened with the identity's", async () => {
  for (const kind of ["x25519", "mlkem768x25519"] as const) {
    const key = { kind, secret: new Secret(new Uint8Array(randomBytes(32))) }
    const file = await encrypted(plaintext, [decodeRecipient(recipientTextOf(key))])
    expect(await decrypted(file, [identityOf(key)])).toEqual(plaintext)
  }
})

test.for([
  "",
  "age1",
  "AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ",
  "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk",
  "age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2yqdj4e",
  "a12uel5l",
])("“%s” is no recipient", (text) => {
  expect(() => decodeRecipient(text)).toThrow(/^INVALID_INPUT: age: /)
})

test.for([
  "",
  "AGE-SECRET-KEY-1",
  "age-secret-key-1gfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpq4egaex",
  "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEY",
  "AGE-PLUGIN-YUBIKEY-1XXXX",
])("“%s” is no identity", (text) => {
  expect(() => decodeIdentity(Buffer.from(text))).toThrow(/^INVALID_INPUT: age: /)
})

test("a recipient of low order is refused, and so is a post-quantum one that is no key", async () => {
  await expect(encrypted(plaintext, [x25519Recipient(new Uint8Array(32))])).rejects.toThrow("low order")
  await expect(encrypted(plaintext, [hybridRecipient(new Uint8Array(1216).fill(255))])).rejects.toThrow("no public key")
})

import { decryptKey, readKey, readPrivateKey } from "openpgp"
import { beforeAll, expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { type ImportedKey, importPrivateKey } from "../../main/crypto/formats/imported-key.ts"
import { type OpenpgpExport, publicOpenpgp, writeOpenpgp } from "../../main/crypto/formats/openpgp/write-openpgp.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { crtCoefficient } from "../../main/crypto/formats/rsa-numbers.ts"
import { Secret } from "../../main/domain/secret.ts"
import type { Algorithm, Purpose } from "../../preload/contract/values.ts"
import { dearmoured, keyOfLibrary, vector } from "./openpgp-files.ts"
import { found, passphrase, sampleKey } from "./sample-keys.ts"

const createdAt = "2024-05-06T07:08:09.999Z"
const fields = { attachments: [], createdAt, comment: "Ann", purpose: null } as const

async function newKey(algorithm: Algorithm, purpose: Purpose | null = null): Promise<OpenpgpExport> {
  return { ...fields, algorithm, material: await sampleKey(algorithm), purpose }
}

async function keysIn(file: Uint8Array, secret: Secret | null = null): Promise<ImportedKey[]> {
  return found((await importKeys(file, { format: "openpgp", passphrase: secret })).keys)
}

/** What came out of a file, as the vault passes it on: it knows another time and another name. */
function kept(keys: readonly ImportedKey[]): OpenpgpExport[] {
  return keys.map((key) => ({ ...key, createdAt: "2030-01-01T00:00:00Z", comment: "another name" }))
}

const text = (file: Uint8Array) => Buffer.from(file).toString()

const families = ["ed25519", "rsa-2048", "ec-p256", "ec-p384", "ec-p521"] as const

test.for(families)("%s: a key without a certificate gets one that openpgp.js accepts", async (algorithm) => {
  using secret = passphrase("pässwörd")
  const key = await newKey(algorithm)
  const { file, attachments } = await writeOpenpgp({ keys: [key], passphrase: secret })
  const locked = await readPrivateKey({ armoredKey: text(file.bytes) })
  const opened = await decryptKey({ privateKey: locked, passphrase: "pässwörd" })
  await validated(opened.keyPacket)
  await opened.verifyPrimaryKey()
  expect(opened.getUserIDs()).toEqual(["Ann"])
  expect(opened.getFingerprint().toUpperCase()).toBe(attachments[0]?.fingerprint)
  expect(opened.getCreationTime().toISOString()).toBe("2024-05-06T07:08:09.000Z")
  expect(await keysIn(file.bytes, secret)).toMatchObject([{ algorithm, material: key.material, attachments }])
})

test("a new certificate is the same each time, also where its keeper forgot it", async () => {
  for (const algorithm of ["ed25519", "rsa-2048"] as const) {
    const key = await newKey(algorithm)
    const [first, second] = [await publicOpenpgp(key), await publicOpenpgp(key)]
    expect(second).toEqual(first)
  }
})

test("a certificate that was kept is written as it is, whatever the key is called by now", async () => {
  const key = await newKey("ec-p256")
  const { file, attachments } = await publicOpenpgp(key)
  const again = await publicOpenpgp({ ...key, attachments, comment: "Bob", createdAt: "1999-01-01T00:00:00Z" })
  expect(again).toEqual({ file, attachments })
})

test("the public half needs no material once there is a certificate, and not without", async () => {
  const key = await newKey("ed25519")
  const { attachments } = await publicOpenpgp(key)
  const { file } = await publicOpenpgp({ ...key, attachments, material: null })
  expect((await readKey({ armoredKey: text(file) })).isPrivate()).toBe(false)
  await expect(publicOpenpgp({ ...key, material: null })).rejects.toThrow("has no certificate yet")
})

test("a key for authentication is certified for that", async () => {
  const { file } = await publicOpenpgp(await newKey("ed25519", "authentication"))
  const key = await readKey({ armoredKey: text(file) })
  const [user] = key.users
  expect(user?.selfCertifications[0]?.keyFlags?.[0]).toBe(0x21)
})

test.for([
  ["x25519", null],
  ["rsa-2048", "encryption"],
  ["rsa-2048", "key-wrapping"],
  ["ec-p256", "key-agreement"],
] as const)("%s for %s signs nothing, and so can't be a primary key", async ([algorithm, purpose]) => {
  const key = await newKey(algorithm, purpose)
  await expect(writeOpenpgp({ keys: [key], passphrase: null })).rejects.toThrow("does not sign")
})

test.for(["1969-12-31T23:59:59.999Z", "2106-02-07T06:28:16Z"])("a key created on %s has no place", async (time) => {
  const key = { ...(await newKey("ed25519")), createdAt: time }
  await expect(publicOpenpgp(key)).rejects.toThrow("between 1970 and 2106")
})

test("symmetric keys and secp256k1 are refused", async () => {
  using material = Secret.ofSize(32)
  for (const key of [{ ...fields, algorithm: "aes-256" as const, material }, await newKey("ec-secp256k1")]) {
    await expect(writeOpenpgp({ keys: [key], passphrase: null })).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

test("a name with control characters is one line of a user id, and no name is unnamed", async () => {
  const key = await newKey("ed25519")
  for (const [comment, userId] of [
    ["Ann\n\u001b[31mBob\u2028", "Ann  [31mBob"],
    [null, "unnamed"],
    ["\n", "unnamed"],
  ] as const) {
    const { file } = await publicOpenpgp({ ...key, comment })
    expect((await readKey({ armoredKey: text(file) })).getUserIDs()).toEqual([userId])
  }
})

const kinds = [
  ["version 4", {}],
  ["version 6", { v6Keys: true }],
] as const

test.for(kinds)("%s: what came in leaves with the same octets, but for the armour", async ([, settings]) => {
  const file = await keyOfLibrary({ settings })
  const written = await writeOpenpgp({ keys: kept(await keysIn(file)), passphrase: null })
  expect(dearmoured(written.file.bytes)).toEqual(new Uint8Array(file))
})

test.for(kinds)("%s: locked by us, it opens in openpgp.js", async ([, settings]) => {
  using secret = passphrase("pässwörd")
  const keys = kept(await keysIn(await keyOfLibrary({ settings })))
  const { file } = await writeOpenpgp({ keys, passphrase: secret })
  const locked = await readPrivateKey({ armoredKey: text(file.bytes) })
  const opened = await decryptKey({ privateKey: locked, passphrase: "pässwörd" })
  await Promise.all([opened.keyPacket, ...opened.subkeys.map(({ keyPacket }) => keyPacket)].map(validated))
  await expect(decryptKey({ privateKey: locked, passphrase: "password" })).rejects.toThrow("Incorrect key passphrase")
})

async function validated(packet: object): Promise<void> {
  if (!("validate" in packet) || typeof packet.validate !== "function") throw new Error("no secret key")
  await packet.validate()
}

test("the RFC's key of version 6 leaves with the same octets", async () => {
  const keys = kept(await keysIn(vector("v6-secret")))
  const { file } = await writeOpenpgp({ keys, passphrase: null })
  expect(text(file.bytes)).toBe(text(vector("v6-secret")))
  expect(text((await publicOpenpgp(keys[1] ?? missing())).file)).toBe(text(vector("v6-certificate")))
})

function missing(): never {
  throw new Error("no such key")
}

let mine: OpenpgpExport[]
beforeAll(async () => {
  mine = kept(await keysIn(await keyOfLibrary()))
})

test("a key that leaves alone takes a stub of the other along, and its fingerprint", async () => {
  for (const [index, key] of mine.entries()) {
    const { file } = await writeOpenpgp({ keys: [key], passphrase: null })
    const { keys } = await importKeys(file.bytes, { format: "openpgp", passphrase: null })
    expect(keys[index]).toMatchObject({ material: key.material, attachments: key.attachments })
    expect(keys[1 - index]).toMatchObject({ refusal: { detail: expect.stringContaining("only a stub") } })
    expect((await readPrivateKey({ armoredKey: text(file.bytes) })).isPrivate()).toBe(true)
  }
})

test("a subkey of version 6 leaves only with its primary key; the primary key alone leaves the subkey public", async () => {
  const [primary = missing(), subkey = missing()] = kept(await keysIn(vector("v6-secret")))
  await expect(writeOpenpgp({ keys: [subkey], passphrase: null })).rejects.toThrow("only together with its primary key")
  const { file } = await writeOpenpgp({ keys: [primary], passphrase: null })
  expect(await keysIn(file.bytes)).toMatchObject([{ material: primary.material, attachments: primary.attachments }])
})

test("a key of another certificate does not leave with this one", async () => {
  const [key = missing()] = mine
  const stranger = await newKey("ed25519")
  await expect(writeOpenpgp({ keys: [key, stranger], passphrase: null })).rejects.toThrow("not part of the certificate")
  const mixed = { ...stranger, attachments: key.attachments }
  await expect(writeOpenpgp({ keys: [mixed], passphrase: null })).rejects.toThrow("not part of the certificate")
})

test("RSA primes leave in OpenPGP's order, whichever way round they were", async () => {
  const key = await newKey("rsa-2048")
  const { parts } = decodePrivateKeyInfo(key.material.bytes)
  if (parts.kind !== "rsa") throw new Error("no RSA key")
  const { p, q, dp, dq } = parts
  const exchanged = { ...parts, p: q, q: p, dp: dq, dq: dp, qi: crtCoefficient(p, q).bytes }
  const { material } = await importPrivateKey(exchanged, null)
  const [first, second] = [
    await writeOpenpgp({ keys: [key], passphrase: null }),
    await writeOpenpgp({ keys: [{ ...key, material }], passphrase: null }),
  ]
  expect(material).not.toEqual(key.material)
  expect(text(second.file.bytes)).toBe(text(first.file.bytes))
  const { keyPacket } = await readPrivateKey({ armoredKey: text(first.file.bytes) })
  await validated(keyPacket)
})

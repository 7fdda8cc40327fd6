import { expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { encodeArmour } from "../../main/crypto/formats/openpgp/armour.ts"
import { isSecretKeyPacket, readKeyPacket } from "../../main/crypto/formats/openpgp/key-packet.ts"
import { encodePacket, packetType, readPackets } from "../../main/crypto/formats/openpgp/packets.ts"
import { WorkBudget } from "../../main/crypto/formats/openpgp/work-budget.ts"
import { processorMs } from "../support/processor-time.ts"
import { keyOfLibrary, vector, withPackets } from "./openpgp-files.ts"
import { passphrase } from "./sample-keys.ts"

const plain = await keyOfLibrary()
const locked = await keyOfLibrary({ passphrase: "x" })
const settings = { aeadProtect: true, preferredAEADAlgorithm: 2, s2kType: 4 } as const
const underArgon2 = await keyOfLibrary({ passphrase: "x", settings })

/** The primary key of a file of version 4 with another secret part. */
function withSecretPart(file: Uint8Array, change: (part: Uint8Array) => Uint8Array): Uint8Array {
  return withPackets(file, (packet) => {
    if (!isSecretKeyPacket(packet)) return [packet]
    const { publicPart, secretPart } = readKeyPacket(packet)
    const part = change(new Uint8Array(secretPart ?? new Uint8Array()))
    return [{ type: packet.type, body: Buffer.concat([publicPart, part]) }]
  })
}

function withOctet(at: number, value: number): (part: Uint8Array) => Uint8Array {
  return (part) => {
    part[at] = value
    return part
  }
}

function with1(packet: { type: number; body: Uint8Array }): Uint8Array {
  return Buffer.concat([plain, encodePacket(packet.type, [packet.body], "new")])
}

function repeated(times: number, ...packets: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(Array.from({ length: times }, () => packets).flat())
}

/** A signature inside a signature inside a signature: a subpacket of type 32 in each (RFC 9580, 5.2.3.34). */
function nestedSignature(depth: number): Uint8Array {
  let inner: Uint8Array = Buffer.of()
  for (let level = 0; level < depth; level += 1) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(inner.length + 1)
    const created = Buffer.from("0502650000000000".slice(0, 12), "hex")
    const subpacket = Buffer.concat([Buffer.of(0xff), length, Buffer.of(32), inner])
    const total = Buffer.alloc(4)
    total.writeUInt32BE(created.length + subpacket.length)
    inner = Buffer.concat([Buffer.of(6, 0x1f, 27, 8), total, created, subpacket])
  }
  return inner
}

const [primary, userId, userSignature, subkey, binding] = readPackets(plain)
if (!(primary && userId && userSignature && subkey && binding)) throw new Error("another key than was asked for")

/** Where the octets of a locked secret part are: its usage, cipher, mode, specifier and the count behind a salt of 8. */
const at = { cipher: 1, specifier: 2, hash: 3, aeadPasses: 20, aeadLanes: 21, aeadMemory: 22 }

test.for([
  ["a compressed packet", with1({ type: packetType.compressedData, body: Buffer.alloc(2000) })],
  ["a packet of data", with1({ type: 11, body: Buffer.alloc(20) })],
  ["a packet in pieces", Buffer.concat([plain, Buffer.of(0xc2, 0xe1, 0, 0, 0)])],
  ["a packet without a length", Buffer.concat([plain, Buffer.of(0x8b, 0, 0)])],
  ["a packet of 4 GiB", Buffer.concat([plain, Buffer.of(0xc2, 0xff, 0xff, 0xff, 0xff, 0xff)])],
  ["a packet of 2 GiB in the old format", Buffer.concat([plain, Buffer.of(0x8a, 0x80, 0, 0, 0)])],
  ["no packet", Buffer.concat([plain, Buffer.of(0x30, 0, 0)])],
  ["5,000 packets", Buffer.concat([plain, repeated(5000, Buffer.of(0xca, 3, 0x50, 0x47, 0x50))])],
  ["33 secret keys", repeated(17, plain)],
  [
    "4,000 signatures of the key itself",
    Buffer.concat([primary.whole, userId.whole, repeated(4000, userSignature.whole)]),
  ],
  ["a signature nested 20,000 deep", Buffer.concat([primary.whole, encodePacket(2, [nestedSignature(20_000)], "new")])],
  ["an unknown cipher", withSecretPart(locked, withOctet(at.cipher, 99))],
  ["CAST5", withSecretPart(locked, withOctet(at.cipher, 3))],
  ["a specifier that nobody knows", withSecretPart(locked, withOctet(at.specifier, 2))],
  ["MD5", withSecretPart(locked, withOctet(at.hash, 1))],
  ["a hash without salt in place of the specifier", withSecretPart(locked, withOctet(0, 9))],
  ["Argon2 without authentication", withSecretPart(locked, withOctet(at.specifier, 4))],
  ["Argon2 with 2^21 KiB", withSecretPart(underArgon2, withOctet(at.aeadMemory, 21))],
  ["Argon2 with 2^31 KiB", withSecretPart(underArgon2, withOctet(at.aeadMemory, 31))],
  ["Argon2 with 2^255 KiB", withSecretPart(underArgon2, withOctet(at.aeadMemory, 255))],
  ["Argon2 with 2^19 KiB", withSecretPart(underArgon2, withOctet(at.aeadMemory, 19))],
  ["Argon2 with too little memory for its lanes", withSecretPart(underArgon2, withOctet(at.aeadLanes, 255))],
  ["Argon2 with no pass", withSecretPart(underArgon2, withOctet(at.aeadPasses, 0))],
  ["Argon2 with no lane", withSecretPart(underArgon2, withOctet(at.aeadLanes, 0))],
  [
    "255 passes through 256 MiB",
    withSecretPart(underArgon2, (part) => withOctet(at.aeadPasses, 255)(withOctet(at.aeadMemory, 18)(part))),
  ],
  ["a secret part of nothing", withSecretPart(plain, () => Buffer.of())],
  ["a secret part without its sum", withSecretPart(plain, (part) => part.subarray(0, -2))],
  [
    "a secret part with another sum",
    withSecretPart(plain, (part) => withOctet(part.length - 1, 0)(withOctet(part.length - 2, 0)(part))),
  ],
  ["a locked part cut off", withSecretPart(locked, (part) => part.subarray(0, 20))],
  ["a locked part of nothing but its hash", withSecretPart(locked, (part) => part.subarray(0, 29 + 20))],
  ["1 MiB of line feeds in armour", Buffer.from(`-----BEGIN PGP PRIVATE KEY BLOCK-----${"\n".repeat(1_000_000)}`)],
  ["armour without its END", Buffer.from("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nxUsG\n")],
  ["armour without an empty line", Buffer.from(armoured().replace("\n\n", "\n"))],
  ["armour with text behind it", Buffer.from(`${armoured()}and more`)],
  ["armour with another END", Buffer.from(armoured().replace("END PGP PRIVATE", "END PGP PUBLIC"))],
  ["armour of nothing", Buffer.from("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n-----END PGP PRIVATE KEY BLOCK-----\n")],
  ["a message", Buffer.from(armoured().replaceAll("PRIVATE KEY BLOCK", "MESSAGE"))],
  [
    "a key of version 5",
    Buffer.concat([Buffer.of(0xc5, 0x0a, 5), Buffer.from("00000000160000000000", "hex").subarray(1)]),
  ],
  ["a key of version 3", Buffer.from("c50a03000000000000010000", "hex")],
] as const)("%s: refused at once, in little memory", async ([, file]) => {
  using secret = passphrase("x")
  const memory = process.memoryUsage().rss
  const start = processorMs()
  await expect(importKeys(file, { format: "auto", passphrase: secret })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  })
  expect(processorMs() - start).toBeLessThan(2000)
  expect(process.memoryUsage().rss - memory).toBeLessThan(300 * 1024 * 1024)
})

function armoured(): string {
  return Buffer.from(encodeArmour("PRIVATE KEY BLOCK", plain, true)).toString()
}

test("all keys of a file together may ask for 2 GiB of Argon2's passes, and for 512 verifications", () => {
  const budget = new WorkBudget()
  const cost = { memoryKiB: 256 * 1024, passes: 2 }
  for (let key = 0; key < 4; key += 1) budget.spendArgon2(cost)
  expect(() => budget.spendArgon2({ memoryKiB: 8, passes: 1 })).toThrow("for all keys together")
  for (let signature = 0; signature < 512; signature += 1) budget.spendVerification()
  expect(() => budget.spendVerification()).toThrow("too many signatures")
})

test("a key with 4,000 signatures by itself is refused for their number", async () => {
  const file = Buffer.concat([primary.whole, userId.whole, repeated(4000, userSignature.whole)])
  await expect(importKeys(file, { format: "auto", passphrase: null })).rejects.toThrow("too many signatures")
})

test.for([
  [
    "CRLF, a byte order mark and spaces at the ends of lines",
    (text: string) => `\ufeff${text.replaceAll("\n", "  \r\n")}`,
  ],
  ["headers", (text: string) => text.replace("\n\n", "\nVersion: 1\nComment: a: b\n\n")],
  ["no checksum", (text: string) => text.replace(/\n=....\n/, "\n")],
  ["a wrong checksum", (text: string) => text.replace(/\n=....\n/, "\n=AAAA\n")],
] as const)("armour with %s is read", async ([, change]) => {
  const file = Buffer.from(change(armoured()))
  const { keys } = await importKeys(file, { format: "openpgp", passphrase: null })
  expect(keys).toMatchObject([{ algorithm: "ed25519" }, { algorithm: "x25519" }])
})

test("packets that say nothing of a key are skipped", async () => {
  const noise = [packetType.trust, packetType.marker, packetType.padding, 60].map((type) => ({
    type,
    body: Buffer.of(1),
  }))
  const { keys } = await importKeys(
    withPackets(plain, (packet) => [packet, ...noise]),
    { format: "auto", passphrase: null },
  )
  const [quiet] = (await importKeys(plain, { format: "auto", passphrase: null })).keys
  expect(keys[0]).toEqual(quiet)
})

test("--format openpgp and another file do not go together", async () => {
  const other = importKeys(vector("v6-secret"), { format: "pkcs8-pem", passphrase: null })
  await expect(other).rejects.toThrow("the file is openpgp, not pkcs8-pem")
})

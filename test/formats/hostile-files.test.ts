import { expect, test } from "vitest"
import {
  type DerValue,
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"
import { objectIdentifier as oid } from "../../main/crypto/asn1/object-identifiers.ts"
import { concatenated } from "../../main/crypto/formats/concatenated.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { encodePem } from "../../main/crypto/formats/pem.ts"
import { sshString, sshText, sshUint32 } from "../../main/crypto/formats/ssh-wire.ts"
import { processorMs } from "../support/processor-time.ts"
import { passphrase } from "./sample-keys.ts"

const salt = new Uint8Array(16)
const block = new Uint8Array(16)

function encryptedKey(
  derivation: DerValue,
  cipher: string = oid.aes256Cbc,
  iv = block,
  ciphertext = block,
): Uint8Array {
  const scheme = derSequence(derObjectIdentifier(cipher), derOctetString(iv))
  const algorithm = derSequence(derObjectIdentifier(oid.pbes2), derSequence(derivation, scheme))
  return encodeDer(derSequence(algorithm, derOctetString(ciphertext)))
}

function pbkdf2(iterations: number, ...more: DerValue[]): DerValue {
  const parameters = derSequence(derOctetString(salt), derSmallInteger(iterations), ...more)
  return derSequence(derObjectIdentifier(oid.pbkdf2), parameters)
}

function scrypt(cost: number, blockSize: number, parallelization: number): DerValue {
  const costs = [cost, blockSize, parallelization].map(derSmallInteger)
  return derSequence(derObjectIdentifier(oid.scrypt), derSequence(derOctetString(salt), ...costs))
}

function opensshKey(rounds: number, keys = 1, cipher = "aes256-ctr", salted: Uint8Array = salt): Uint8Array {
  const options = concatenated([...sshString(salted), sshUint32(rounds)])
  const header = [Buffer.from("openssh-key-v1\0"), ...sshText(cipher), ...sshText("bcrypt"), ...sshString(options)]
  const publicBlob = concatenated([...sshText("ssh-ed25519"), ...sshString(new Uint8Array(32))])
  const content = concatenated([...header, sshUint32(keys), ...sshString(publicBlob), ...sshString(new Uint8Array(64))])
  return encodePem("OPENSSH PRIVATE KEY", content)
}

function ageFile(stanzas: string): Uint8Array {
  return Buffer.from(`age-encryption.org/v1\n${stanzas}${"A".repeat(43)}\n--- ${"A".repeat(43)}\n`)
}

/** PKCS #12: a key that is encrypted so, or a MAC that is made so, around nothing. */
function pkcs12(authenticatedSafe: DerValue, macIterations: number | null = null): Uint8Array {
  const mac = derSequence(
    derSequence(derSequence(derObjectIdentifier(oid.sha256), derNull()), derOctetString(new Uint8Array(32))),
    derOctetString(salt),
    derSmallInteger(macIterations ?? 1),
  )
  const content = explicit(derOctetString(encodeDer(authenticatedSafe)))
  const parts = [derSmallInteger(3), derSequence(derObjectIdentifier(oid.data), content)]
  return encodeDer(derSequence(...parts, ...(macIterations === null ? [] : [mac])))
}

function safe(...bags: DerValue[]): DerValue {
  return derSequence(derObjectIdentifier(oid.data), explicit(derOctetString(encodeDer(derSequence(...bags)))))
}

function bag(identifier: string, value: DerValue): DerValue {
  return derSequence(derObjectIdentifier(identifier), explicit(value))
}

function explicit(value: DerValue): DerValue {
  return { tag: 0xa0, parts: [value] }
}

function pbes1(iterations: number): DerValue {
  const parameters = derSequence(derOctetString(salt), derSmallInteger(iterations))
  const algorithm = derSequence(derObjectIdentifier(oid.pbeWithShaAnd3KeyTripleDesCbc), parameters)
  return derSequence(algorithm, derOctetString(block))
}

function nestedBags(depth: number): DerValue {
  return depth === 0 ? derSequence() : derSequence(bag(oid.safeContentsBag, nestedBags(depth - 1)))
}

const empty = derSequence()

const hmacSha256 = derSequence(derObjectIdentifier(oid.hmacSha256), derNull())

test.for([
  ["JSON nested 10,000 deep", Buffer.from(`{"keys":${"[".repeat(10_000)}${"]".repeat(10_000)}}`)],
  ["1 MiB of opening brackets", Buffer.from(`{"keys":${"[".repeat(1_000_000)}`)],
  ["1 MiB of members", Buffer.from(`{${Array.from({ length: 100_000 }, (_, index) => `"${index}":0`).join(",")}}`)],
  ["DER nested 10,000 deep", nestedDer(10_000)],
  ["a DER length of 2^31", Buffer.from("308480000000020100", "hex")],
  ["a DER length of 4 GiB", Buffer.from("3084ffffffff020100", "hex")],
  ["an SSH length of 2^31", encodePem("OPENSSH PRIVATE KEY", Buffer.from("openssh-key-v1\0\x80\0\0\0none", "latin1"))],
  ["2^32 - 1 keys in one SSH file", opensshKey(1, 0xffff_ffff)],
  ["1 MiB of line feeds in PEM", Buffer.from(`-----BEGIN PRIVATE KEY-----${"\n".repeat(1_000_000)}`)],
  ["10^9 PBKDF2 iterations", encryptedKey(pbkdf2(1_000_000_000, hmacSha256))],
  ["2^31 PBKDF2 iterations", encryptedKey(pbkdf2(2 ** 31, hmacSha256))],
  ["one PBKDF2 iteration more than the bound", encryptedKey(pbkdf2(10_000_001, hmacSha256))],
  ["no PBKDF2 iteration", encryptedKey(pbkdf2(0, hmacSha256))],
  ["an unknown PRF", encryptedKey(pbkdf2(1, derSequence(derObjectIdentifier(oid.pbes2), derNull())))],
  ["a key length that is not the cipher's", encryptedKey(pbkdf2(1, derSmallInteger(2 ** 31)))],
  ["scrypt with N = 2^31", encryptedKey(scrypt(2 ** 31, 8, 1))],
  ["scrypt with r = 2^31", encryptedKey(scrypt(2 ** 14, 2 ** 31, 1))],
  ["scrypt with p = 2^31", encryptedKey(scrypt(2 ** 14, 8, 2 ** 31))],
  ["scrypt that needs more than 256 MiB", encryptedKey(scrypt(2 ** 19, 8, 1))],
  ["scrypt with N no power of two", encryptedKey(scrypt(1000, 8, 1))],
  ["scrypt with N = 1", encryptedKey(scrypt(1, 8, 1))],
  ["scrypt with r = 0", encryptedKey(scrypt(16, 0, 1))],
  ["an unknown cipher", encryptedKey(pbkdf2(1), oid.hmacSha1)],
  ["a short initialisation vector", encryptedKey(pbkdf2(1), oid.aes256Cbc, block.subarray(1))],
  ["a broken block", encryptedKey(pbkdf2(1), oid.aes256Cbc, block, block.subarray(1))],
  ["no ciphertext", encryptedKey(pbkdf2(1), oid.aes256Cbc, block, block.subarray(16))],
  ["2^31 bcrypt rounds", opensshKey(2 ** 31)],
  ["1,001 bcrypt rounds", opensshKey(1001)],
  ["no bcrypt round", opensshKey(0)],
  ["a bcrypt salt of nothing", opensshKey(1, 1, "aes256-ctr", new Uint8Array())],
  ["a bcrypt salt of 1 MiB", opensshKey(1, 1, "aes256-ctr", new Uint8Array(600_000))],
  ["a cipher called constructor", opensshKey(1, 1, "constructor")],
  ["an age passphrase with N = 2^21", ageFile("-> scrypt AAAAAAAAAAAAAAAAAAAAAA 21\n")],
  ["an age passphrase with N = 2^31", ageFile("-> scrypt AAAAAAAAAAAAAAAAAAAAAA 31\n")],
  ["1 MiB of age recipients", ageFile(`-> X25519 ${"A".repeat(43)}\n${"A".repeat(43)}\n`.repeat(10_000))],
  ["1 MiB of one age argument", ageFile(`-> ${"A".repeat(1_000_000)}\n`)],
  ["PEM behind 500,000 lines of text", Buffer.from(`${"x\n".repeat(500_000)}-----BEGIN PRIVATE KEY-----`)],
  ["1 MiB of age remarks", Buffer.from("#\n".repeat(500_000))],
  ["10,000 age identities", Buffer.from(`AGE-SECRET-KEY-1${"Q".repeat(58)}\n`.repeat(10_000))],
  ["2^31 rounds of PBES1", encodeDer(pbes1(2 ** 31))],
  ["2,000,001 rounds of PBES1", encodeDer(pbes1(2_000_001))],
  ["no round of PBES1", encodeDer(pbes1(0))],
  ["a PKCS#12 MAC of 10^9 rounds", pkcs12(empty, 1_000_000_000)],
  ["a PKCS#12 key of 10^9 rounds", pkcs12(derSequence(safe(bag(oid.shroudedKeyBag, pbes1(1_000_000_000)))))],
  [
    "60 PKCS#12 keys of 200,000 rounds",
    pkcs12(derSequence(safe(...Array.from({ length: 60 }, () => bag(oid.shroudedKeyBag, pbes1(200_000)))))),
  ],
  ["10,000 PKCS#12 safes", pkcs12(derSequence(...Array.from({ length: 10_000 }, () => safe())))],
  ["10,000 PKCS#12 bags", pkcs12(derSequence(safe(...Array.from({ length: 10_000 }, () => bag(oid.keyBag, empty)))))],
  ["PKCS#12 bags nested 8 deep", pkcs12(derSequence(safe(bag(oid.safeContentsBag, nestedBags(8)))))],
  [
    "PKCS#12 of openings, 1 MiB of them",
    Buffer.concat([
      Buffer.from("3080020103308006092a864886f70d010701", "hex"),
      Buffer.alloc(1_000_000, Buffer.from("a080", "hex")),
    ]),
  ],
  ["a compact JWE of a million dots", Buffer.from(`eyJ${".".repeat(1_000_000)}`)],
  [
    "a JWE header nested 10,000 deep",
    Buffer.from(`${Buffer.from(`{"a":${"[".repeat(10_000)}`).toString("base64url")}....`),
  ],
  [
    "PuTTY lines without end",
    Buffer.from(`PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: ${"\n".repeat(1_000_000)}`),
  ],
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

/** Sequences inside each other, the innermost empty. */
function nestedDer(depth: number): Uint8Array {
  let nested: Uint8Array = new Uint8Array()
  for (let level = 0; level < depth; level += 1) nested = encodeDer({ tag: 0x30, parts: [nested] })
  return nested
}

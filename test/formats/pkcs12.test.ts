import { createPrivateKey } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { DerReader } from "../../main/crypto/asn1/der-reader.ts"
import { contextTag, derTag } from "../../main/crypto/asn1/der-tag.ts"
import {
  derElement,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"
import { objectIdentifier as oid } from "../../main/crypto/asn1/object-identifiers.ts"
import { certificateFingerprint } from "../../main/crypto/formats/certificate.ts"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { Secret } from "../../main/domain/secret.ts"
import { found, onlyKeyIn, passphrase, sampleKey } from "./sample-keys.ts"

const folder = new URL("../vectors/pkcs12/", import.meta.url)

function vector(name: string): Buffer {
  return readFileSync(new URL(name, folder))
}

function read(file: Uint8Array, secret: Secret | null) {
  return importKeys(file, { format: "auto", passphrase: secret })
}

const leaf = certificateFingerprint(vector("leaf.der"))
const issuer = certificateFingerprint(vector("issuer.der"))
const root = certificateFingerprint(vector("root.der"))

const material = new Uint8Array(createPrivateKey(vector("leaf.key.pem")).export({ format: "der", type: "pkcs8" }))

const weak = [expect.stringContaining("encrypted in an old way")]
const noMac = [expect.stringContaining("no MAC")]

test.for([
  ["modern.p12", []],
  ["mac-sha384.p12", []],
  ["3des-and-rc2-40.p12", weak],
  ["rc2-128-and-2des.p12", weak],
  ["rc2-40-and-3des.p12", weak],
  ["open-with-mac.p12", []],
  ["no-mac.p12", noMac],
] as const)("%s is read with its passphrase only: key, name and certificate", async ([name, warnings]) => {
  using right = passphrase("pässwörd")
  using wrong = passphrase("password")
  const imported = await read(vector(name), right)
  expect(imported).toMatchObject({ format: "pkcs12", warnings })
  const key = { algorithm: "ec-p256", comment: "näme", material: { bytes: material } }
  expect(imported.keys).toMatchObject([{ ...key, attachments: [{ kind: "x509", fingerprint: leaf }] }])
  await expect(read(vector(name), wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  await expect(read(vector(name), null)).rejects.toThrow("--in-passphrase-file is needed")
})

test("a file that is not encrypted and has no MAC is read without a passphrase, with a warning", async () => {
  const imported = await read(vector("open.p12"), null)
  expect(imported).toMatchObject({ warnings: noMac, keys: [{ material: { bytes: material } }] })
})

test("an empty passphrase opens no other file, and needs not be given", async () => {
  using empty = passphrase("")
  using other = passphrase("x")
  for (const secret of [null, empty]) {
    expect(await read(vector("empty-passphrase.p12"), secret)).toMatchObject({ keys: [{ algorithm: "ec-p256" }] })
  }
  await expect(read(vector("empty-passphrase.p12"), other)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  await expect(read(vector("modern.p12"), empty)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
})

test("a passphrase that is not UTF-8 is taken octet by octet", async () => {
  using secret = Secret.copyOf(Buffer.from("päss", "latin1"))
  expect(await read(vector("latin-1-passphrase.p12"), secret)).toMatchObject({ keys: [{ algorithm: "ec-p256" }] })
})

test("the certificates above a key's own follow it in their order", async () => {
  using secret = passphrase("pässwörd")
  const { attachments } = await onlyKeyIn(vector("chain.p12"), secret)
  expect(attachments.map(({ fingerprint }) => fingerprint)).toEqual([leaf, issuer, root])
  expect(Buffer.from(attachments[1]?.content ?? [])).toEqual(vector("issuer.der"))
})

test("of several keys each has its own certificate; what is no private key is refused by itself", async () => {
  using secret = passphrase("password")
  const { keys, warnings } = await read(vector("java.p12"), secret)
  expect(keys).toMatchObject([
    { algorithm: "ec-p256", comment: "one", attachments: [{ kind: "x509" }] },
    { algorithm: "ec-p384", comment: "two", attachments: [{ kind: "x509" }] },
    { comment: "secret", refusal: { detail: "PKCS#12: a secret key is not supported" } },
  ])
  expect(warnings).toEqual(["certificates of no key in the file, which are left out: 1"])
})

test("certificates alone are refused", async () => {
  using secret = passphrase("pässwörd")
  await expect(read(vector("certificates-only.p12"), secret)).rejects.toThrow("there is no private key in the file")
})

test("a file that was changed is told from a wrong passphrase, where its encryption shows which", async () => {
  using right = passphrase("pässwörd")
  using wrong = passphrase("password")
  const changed = vector("modern.p12")
  const inTheSaltOfTheMac = changed.length - 1
  changed[inTheSaltOfTheMac] = (changed[inTheSaltOfTheMac] ?? 0) ^ 1
  await expect(read(changed, right)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    detail: "PKCS#12: the passphrase is right, but the file was changed or is damaged",
  })
  await expect(read(changed, wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
})

const pbmac1 = new URL("../vectors/pkcs12-pbmac1/", import.meta.url)

test.for(readdirSync(pbmac1).filter((name) => name.endsWith(".txt") && name !== "NOTE.txt"))(
  "PBMAC1, %s: read when valid, else rejected",
  async (name) => {
    using secret = passphrase("1234")
    const file = Buffer.from(readFileSync(new URL(name, pbmac1), "latin1"), "base64")
    const isValid = /-a[123]\.txt$/.test(name)
    const reading = read(file, secret)
    if (isValid)
      expect(await reading).toMatchObject({ warnings: [], keys: [{ algorithm: "rsa-2048", attachments: [{}] }] })
    else await expect(reading).rejects.toMatchObject({ code: "INVALID_INPUT" })
  },
)

test("the MAC's forged key of one byte is named", async () => {
  using secret = passphrase("1234")
  const file = Buffer.from(readFileSync(new URL("pbmac1-short-key-bypass.txt", pbmac1), "latin1"), "base64")
  await expect(read(file, secret)).rejects.toThrow("the key of PBMAC1 is not between 20 and 64 bytes")
})

/** The outside of a PFX in BER as NSS and older Java write it: lengths indefinite, the content in pieces. */
function inBer(file: Buffer, pieceLength: number): Buffer {
  const pfx = DerReader.sequenceOf(file, "PFX")
  const version = pfx.element()
  const content = pfx.sequence()
  const type = content.element()
  const safe = content.constructed(contextTag(0, "constructed")).octetString()
  const mac = pfx.element()
  const end = Buffer.alloc(2)
  const pieces: Buffer[] = []
  for (let start = 0; start < safe.length; start += pieceLength) {
    pieces.push(Buffer.from(encodeDer(derOctetString(safe.subarray(start, start + pieceLength)))))
  }
  const octets = [Buffer.from("2480", "hex"), ...pieces, end]
  const info = [Buffer.from("3080", "hex"), type, Buffer.from("a080", "hex"), ...octets, end, end]
  return Buffer.concat([Buffer.from("3080", "hex"), version, ...info, mac, end])
}

test.for([1, 7, 1000])("BER of indefinite lengths, in pieces of %i bytes, is read like DER", async (pieceLength) => {
  using secret = passphrase("pässwörd")
  const key = await onlyKeyIn(inBer(vector("chain.p12"), pieceLength), secret)
  expect(key).toMatchObject({ material: { bytes: material }, attachments: [{}, {}, {}] })
})

/** A file without encryption and MAC, of these bags. */
function openFile(...bags: ReturnType<typeof bag>[]): Uint8Array {
  const safe = (content: Uint8Array) =>
    derSequence(derObjectIdentifier(oid.data), derElement(contextTag(0, "constructed"), derOctetString(content)))
  const authenticatedSafe = encodeDer(derSequence(safe(encodeDer(derSequence(...bags)))))
  return encodeDer(derSequence(derSmallInteger(3), safe(authenticatedSafe)))
}

function bag(identifier: string, value: Uint8Array, localKeyId: number) {
  const attribute = derSequence(
    derObjectIdentifier(oid.localKeyId),
    derElement(derTag.set, derOctetString(Uint8Array.of(localKeyId))),
  )
  const content = derElement(contextTag(0, "constructed"), value)
  return derSequence(derObjectIdentifier(identifier), content, derElement(derTag.set, attribute))
}

function certificate(name: string, localKeyId: number) {
  const content = derElement(contextTag(0, "constructed"), derOctetString(vector(name)))
  return bag(oid.certificateBag, encodeDer(derSequence(derObjectIdentifier(oid.x509Certificate), content)), localKeyId)
}

test("a certificate that claims to be another key's is not given to it", async () => {
  const { keys, warnings } = await read(openFile(bag(oid.keyBag, material, 1), certificate("root.der", 1)), null)
  expect(found(keys)).toMatchObject([{ algorithm: "ec-p256", attachments: [] }])
  expect(warnings).toContain("certificates of no key in the file, which are left out: 1")
})

test("a certificate is its key's also when the file does not say so", async () => {
  const file = openFile(bag(oid.keyBag, material, 1), certificate("leaf.der", 2))
  expect(await onlyKeyIn(file)).toMatchObject({ attachments: [{ fingerprint: leaf }] })
})

test("a certificate that cannot be read is left out, with a warning", async () => {
  const broken = bag(
    oid.certificateBag,
    encodeDer(
      derSequence(
        derObjectIdentifier(oid.x509Certificate),
        derElement(contextTag(0, "constructed"), derOctetString(Uint8Array.of(1, 2, 3))),
      ),
    ),
    1,
  )
  const { keys, warnings } = await read(openFile(bag(oid.keyBag, material, 1), broken), null)
  expect(keys).toMatchObject([{ attachments: [] }])
  expect(warnings).toContain("a certificate that cannot be read, which is left out")
})

const createdAt = "2026-11-22T12:00:00.000Z"

test("a key without a certificate leaves with one of its own making, and keeps it", async () => {
  using key = await sampleKey("ec-p256")
  using secret = passphrase("x")
  const request = { algorithm: "ec-p256", material: key, comment: "näme", createdAt } as const
  using file = await exportPrivate(request, "pkcs12", secret)
  const { attachments } = await onlyKeyIn(file.bytes, secret)
  expect(attachments).toHaveLength(1)
  using again = await exportPrivate({ ...request, attachments }, "pkcs12", secret)
  expect((await onlyKeyIn(again.bytes, secret)).attachments).toEqual(attachments)
})

test("a key leaves with the certificates that it came with, in their order", async () => {
  using secret = passphrase("pässwörd")
  const { algorithm, material: key, comment, attachments } = await onlyKeyIn(vector("chain.p12"), secret)
  using file = await exportPrivate({ algorithm, material: key, comment, createdAt, attachments }, "pkcs12", secret)
  expect(await onlyKeyIn(file.bytes, secret)).toMatchObject({ comment: "näme", attachments })
})

test("a key that cannot sign and has no certificate is refused with the reason", async () => {
  using key = await sampleKey("x25519")
  using secret = passphrase("x")
  const exported = exportPrivate({ algorithm: "x25519", material: key, comment: null, createdAt }, "pkcs12", secret)
  await expect(exported).rejects.toThrow("pkcs12 needs a certificate, and a key of x25519 cannot certify itself")
})

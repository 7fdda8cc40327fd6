import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { contextTag, derTag } from "../../main/crypto/asn1/der-tag.ts"
import {
  type DerValue,
  derBitString,
  derElement,
  derObjectIdentifier,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"
import { objectIdentifier } from "../../main/crypto/asn1/object-identifiers.ts"
import { describeCertificate, isSignedBy } from "../../main/crypto/formats/certificate.ts"
import { attachCertificates } from "../../main/crypto/formats/certificate-chain.ts"
import { nameText } from "../../main/crypto/formats/distinguished-name.ts"
import { importPrivateKey } from "../../main/crypto/formats/imported-key.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { selfSignedCertificate } from "../../main/crypto/formats/self-signed-certificate.ts"
import { processorMs } from "../support/processor-time.ts"
import { sampleKey, signingAlgorithms } from "./sample-keys.ts"

function vector(name: string): Buffer {
  return readFileSync(new URL(`../vectors/pkcs12/${name}`, import.meta.url))
}

test("a certificate is described as openssl prints it", () => {
  expect(describeCertificate(vector("leaf.der"))).toEqual({
    subject: 'CN=leaf é,O=Ann\\, Bob \\"& Co\\",C=DE',
    issuer: "CN=Test issuer",
    serial: "2bfda7701257ce39d2d67a33fbff57cff6169b3a",
    notBefore: "2026-11-25T19:09:51.000Z",
    notAfter: "2126-11-01T19:09:51.000Z",
    fingerprint: "cfa1a2b2d9f44061ce710c729039434a0b12c4a1ec409c7569035c10a9cc8934",
    isSelfSigned: false,
  })
  expect(describeCertificate(vector("root.der"))).toMatchObject({ subject: "CN=Test root", isSelfSigned: true })
})

test("who signed a certificate is found by the signature, not by the name", () => {
  expect(isSignedBy(vector("leaf.der"), vector("issuer.der"))).toBe(true)
  expect(isSignedBy(vector("leaf.der"), vector("root.der"))).toBe(false)
})

test.for(signingAlgorithms)(
  "%s: a certificate of a key's own making is signed by it, without an end",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    const publicKey = publicKeyOf(material.bytes)
    const subject = {
      algorithm,
      material: material.bytes,
      publicKey,
      name: "a\nname",
      since: "2050-02-03T04:05:06.789Z",
    }
    const der = await selfSignedCertificate(subject)
    expect(describeCertificate(der)).toMatchObject({
      subject: "CN=a name",
      notBefore: "2050-02-03T04:05:06.000Z",
      notAfter: "9999-12-31T23:59:59.000Z",
      isSelfSigned: true,
    })
    der[der.length - 5] = (der[der.length - 5] ?? 0) ^ 1
    expect(describeCertificate(der)).toMatchObject({ isSelfSigned: false })
  },
)

/** A certificate that says what it is told to, signed by nobody. */
function certificate(subject: DerValue, changes: { serial?: Uint8Array; validity?: DerValue } = {}): Uint8Array {
  const algorithm = derSequence(derObjectIdentifier(objectIdentifier.ed25519))
  const time = (text: string) => derElement(derTag.utcTime, Buffer.from(text))
  const body = derSequence(
    derElement(contextTag(0, "constructed"), derSmallInteger(2)),
    derElement(derTag.integer, changes.serial ?? Uint8Array.of(1)),
    algorithm,
    subject,
    changes.validity ?? derSequence(time("200101000000Z"), time("491231235959Z")),
    subject,
    derSequence(algorithm, derBitString(new Uint8Array(32).fill(5))),
  )
  return encodeDer(derSequence(body, algorithm, derBitString(new Uint8Array(64))))
}

function name(tag: number, value: Uint8Array): DerValue {
  const attribute = derSequence(derObjectIdentifier(objectIdentifier.commonName), derElement(tag, value))
  return derSequence(derElement(derTag.set, attribute))
}

test.for([
  ["NUL", derTag.utf8String, Buffer.from("good.example\0.evil"), "CN=good.example\\00.evil"],
  ["a line break and an escape sequence", derTag.utf8String, Buffer.from("a\n\u001b[2Jb"), "CN=a\\0a\\1b[2Jb"],
  ["a change of the direction", derTag.utf8String, Buffer.from("a\u202eb"), "CN=a\\e2\\80\\aeb"],
  ["what is no UTF-8", derTag.utf8String, Buffer.from([0x61, 0xff]), "CN=#0c0261ff"],
  ["the signs of the form itself", derTag.printableString, Buffer.from(' a,b+"c" '), 'CN=\\ a\\,b\\+\\"c\\"\\ '],
  ["UTF-16", derTag.bmpString, Buffer.from("é", "utf16le").swap16(), "CN=é"],
  ["half of UTF-16", derTag.bmpString, Buffer.from([0xd8, 0x00]), "CN=#1e02d800"],
  ["UTF-32", derTag.universalString, Buffer.from([0, 1, 0xf6, 0]), "CN=😀"],
  ["a number", derTag.integer, Buffer.from([5]), "CN=#020105"],
] as const)("a name with %s is shown inert", ([, tag, value, text]) => {
  expect(nameText(encodeDer(name(tag, value)))).toBe(text)
  expect(describeCertificate(certificate(name(tag, value)))).toMatchObject({ subject: text, isSelfSigned: false })
})

test("a name of 1 MiB is cut", () => {
  expect(nameText(encodeDer(name(derTag.utf8String, Buffer.alloc(1_000_000, "a")))).length).toBeLessThan(300)
})

const anna = name(derTag.utf8String, Buffer.from("Anna"))
const noTimes = (...texts: string[]) =>
  derSequence(...texts.map((text) => derElement(derTag.utcTime, Buffer.from(text))))

test.for([
  ["a serial number of 65 octets", certificate(anna, { serial: new Uint8Array(65).fill(1) })],
  ["a day that does not exist", certificate(anna, { validity: noTimes("210230000000Z", "220101000000Z") })],
  ["a time without its zone", certificate(anna, { validity: noTimes("210101000000", "220101000000") })],
  ["one time only", certificate(anna, { validity: noTimes("210101000000Z") })],
  ["BER", Buffer.from("30800000", "hex")],
  ["an end that is cut off", vector("leaf.der").subarray(0, -1)],
  ["something after its end", Buffer.concat([vector("leaf.der"), Buffer.alloc(1)])],
  ["nothing", Buffer.alloc(0)],
] as const)("a certificate with %s is refused", ([, der]) => {
  expect(() => describeCertificate(der)).toThrow(/^INVALID_INPUT: (certificate|Name)/)
})

test("the years of two digits are those of 1950 to 2049", () => {
  const described = describeCertificate(certificate(anna, { validity: noTimes("500101000000Z", "491231235959Z") }))
  expect(described).toMatchObject({ notBefore: "1950-01-01T00:00:00.000Z", notAfter: "2049-12-31T23:59:59.000Z" })
})

test("a thousand certificates of one name cost no more than a moment", async () => {
  using material = await sampleKey("ed25519")
  const key = await importPrivateKey(decodePrivateKeyInfo(material.bytes).parts, null)
  const publicKey = publicKeyOf(material.bytes)
  const own = await selfSignedCertificate({
    algorithm: "ed25519",
    material: material.bytes,
    publicKey,
    name: "Anna",
    since: "2026-01-01T00:00:00.000Z",
  })
  const others = Array.from({ length: 1000 }, (_, index) =>
    certificate(anna, { serial: Buffer.from([1, index >> 8, index]) }),
  )
  const start = processorMs()
  const warnings: string[] = []
  const [attached] = attachCertificates(
    [key],
    [own, ...others].map((der) => ({ der })),
    (text) => warnings.push(text),
  )
  expect(attached).toMatchObject({ attachments: [{ kind: "x509" }] })
  expect(warnings).toEqual(["certificates of no key in the file, which are left out: 1000"])
  expect(processorMs() - start).toBeLessThan(5000)
})

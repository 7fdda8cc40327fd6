import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { certificateFingerprint } from "../../main/crypto/formats/certificate.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"

function vector(name: string): Buffer {
  return readFileSync(new URL(`../vectors/pkcs12/${name}`, import.meta.url))
}

const auto = { format: "auto", passphrase: null } as const
const key = vector("leaf.key.pem").toString()
const certificates = vector("certificates.pem").toString()
const [leaf, issuer, root] = ["leaf.der", "issuer.der", "root.der"].map((name) => certificateFingerprint(vector(name)))

test.for([
  ["after", `${key}${certificates}`],
  ["before", `${certificates}${key}`],
] as const)(
  "certificates %s a key: its own first, then those above it; a foreign one is left out",
  async ([, text]) => {
    expect(await importKeys(Buffer.from(text), auto)).toMatchObject({
      format: "pkcs8-pem",
      keys: [
        { algorithm: "ec-p256", attachments: [{ fingerprint: leaf }, { fingerprint: issuer }, { fingerprint: root }] },
      ],
      warnings: ["certificates of no key in the file, which are left out: 1"],
    })
  },
)

test("a block that is called a certificate but is none is left out, with a warning", async () => {
  const text = `${key}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`
  expect(await importKeys(Buffer.from(text), auto)).toMatchObject({
    keys: [{ attachments: [] }],
    warnings: ["a certificate that cannot be read, which is left out"],
  })
})

test("the same certificate twice is one", async () => {
  const [own = ""] = certificates.split(/(?<=-----END CERTIFICATE-----\n)/)
  expect(await importKeys(Buffer.from(key + own + own), auto)).toMatchObject({
    keys: [{ attachments: [{ fingerprint: leaf }] }],
    warnings: [],
  })
})

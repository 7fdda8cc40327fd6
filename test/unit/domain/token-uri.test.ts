import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { formatTokenUri, parseTokenUri, type TokenUri } from "../../../main/domain/token-uri.ts"
import { vaultErrorOf } from "../../support/vault-error-of.ts"

/** Any well-formed text, of any script. */
const text = fc.string({ unit: "binary" }).filter((one) => one.isWellFormed())
const bytes = fc.uint8Array({ maxLength: 40 }).map((one) => new Uint8Array(one))
const anyUri: fc.Arbitrary<TokenUri> = fc.record(
  {
    token: text,
    manufacturer: text,
    model: text,
    serial: text,
    object: text,
    type: fc.constantFrom("public", "private", "cert", "secret-key", "data"),
    id: bytes,
    slotId: fc.nat(),
    libraryDescription: text,
    libraryManufacturer: text,
    modulePath: text,
    oaep: fc.constant("sha1"),
    signing: fc.constant("pkcs1"),
  },
  { requiredKeys: [] },
)

test("whatever a URI says is read back as it was written", () => {
  fc.assert(
    fc.property(anyUri, (uri) => {
      expect(parseTokenUri(formatTokenUri(uri))).toEqual(uri)
    }),
  )
})

test("two URIs of one thing are the same text", () => {
  fc.assert(
    fc.property(anyUri, (uri) => {
      const once = formatTokenUri(uri)
      expect(formatTokenUri(parseTokenUri(once))).toBe(once)
    }),
  )
})

test("any text is a URI or an invalid input, and nothing else", () => {
  const attributes = fc.stringMatching(/^pkcs11:[a-z\-=;?&%0-9A-F]{0,40}$/)
  fc.assert(
    fc.property(fc.oneof(attributes, text), (line) => {
      try {
        parseTokenUri(line)
      } catch (error) {
        expect(error).toMatchObject({ code: "INVALID_INPUT" })
      }
    }),
  )
})

describe("the examples of RFC 7512, section 3", () => {
  test.for([
    ["pkcs11:", {}],
    ["pkcs11:object=my-pubkey;type=public", { object: "my-pubkey", type: "public" }],
    [
      "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;model=1.0;object=my-certificate;type=cert;id=%69%95%3E%5C%F4%BD%EC%91;serial=",
      {
        token: "The Software PKCS#11 Softtoken",
        manufacturer: "Snake Oil, Inc.",
        model: "1.0",
        object: "my-certificate",
        type: "cert",
        id: new Uint8Array([0x69, 0x95, 0x3e, 0x5c, 0xf4, 0xbd, 0xec, 0x91]),
        serial: "",
      },
    ],
    [
      "pkcs11:slot-id=327;object=my-sign-key?module-path=/mnt/libmypkcs11.so.1",
      { slotId: 327, object: "my-sign-key", modulePath: "/mnt/libmypkcs11.so.1" },
    ],
    ["pkcs11:library-manufacturer=Snake%20Oil,%20Inc.", { libraryManufacturer: "Snake Oil, Inc." }],
    [
      "pkcs11:token=A%20name%20with%20a%20substring%20%25%3B;object=x",
      { token: "A name with a substring %;", object: "x" },
    ],
    [
      "pkcs11:token=Name%20with%20a%20small%20A%20with%20acute:%20%C3%A1;object=my-certificate",
      { token: "Name with a small A with acute: á", object: "my-certificate" },
    ],
  ] as const)("%s", ([uri, meaning]) => {
    expect(parseTokenUri(uri)).toEqual(meaning)
  })
})

test.for([
  ["pkcs11:token=t?pin-value=1234", "a PIN has no place in it"],
  ["pkcs11:token=t?pin-source=file:/etc/pin", "a PIN has no place in it"],
  ["pkcs11:token=a;token=b", "the attribute token comes twice"],
  ["pkcs11:?module-path=/a&module-path=/b", "the attribute module-path comes twice"],
  ["pkcs11:token=%4", "a value is not percent-encoded"],
  ["pkcs11:token=%zz", "a value is not percent-encoded"],
  ["pkcs11:token=a b", "a value is not percent-encoded"],
  ["pkcs11:token=á", "a value is not percent-encoded"],
  ["pkcs11:token=%FF", "a value is not UTF-8"],
  ["pkcs11:token=%C0%80", "a value is not UTF-8"],
  ["pkcs11:type=key", "its type is none of RFC 7512"],
  ["pkcs11:slot-id=-1", "its slot-id is no number"],
  ["pkcs11:slot-id=", "its slot-id is no number"],
  ["pkcs11:label=x", "the attribute label is not known"],
  ["pkcs11:?module-name=x", "the attribute module-name is not known"],
  ["pkcs11:toString=x", "the attribute toString is not known"],
  ["pkcs11:__proto__=x", "the attribute __proto__ is not known"],
  ["pkcs11:token", "an attribute has no value"],
  ["pkcs11:=x", "an attribute has no value"],
  ["pkcs11:token=a?x?y", "it has two queries"],
  ["PKCS11:token=a", "it must begin with pkcs11:"],
  ["https:token=a", "it must begin with pkcs11:"],
] as const)("%s is refused: %s", ([uri, why]) => {
  expect(vaultErrorOf(() => parseTokenUri(uri))).toMatchObject({
    code: "INVALID_INPUT",
    detail: `PKCS#11 URI: ${why}`,
  })
})

import { createSecretKey } from "node:crypto"
import { expect, test } from "vitest"
import { hmacSha256, sha256 } from "../../main/crypto/hmac.ts"
import { hexBytes, readWycheproof } from "./read-wycheproof.ts"

const shape = { key: hexBytes, msg: hexBytes, tag: hexBytes }

test.for(readWycheproof("hmac_sha256_test", shape, {}).flatMap(({ tests }) => tests))(
  "Wycheproof hmac_sha256 $tcId is $result: $comment",
  ({ key, msg, tag, result }) => {
    const mac = hmacSha256(key, msg)
    expect(mac.length).toBe(32)
    // Half of the groups hold tags cut to 16 bytes.
    expect(Buffer.from(mac).subarray(0, tag.length).equals(tag)).toBe(result === "valid")
  },
)

test("a KeyObject and its bytes are the same key", () => {
  const bytes = new Uint8Array(32).fill(7)
  expect(hmacSha256(createSecretKey(bytes), bytes)).toEqual(hmacSha256(bytes, bytes))
})

test("SHA-256 of abc is the example of FIPS 180-4", () => {
  const digest = Buffer.from(sha256(Buffer.from("abc"))).toString("hex")
  expect(digest).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
})

test("digests are arrays of their own", () => {
  expect(sha256(new Uint8Array(3)).buffer.byteLength).toBe(32)
  expect(hmacSha256(new Uint8Array(32), new Uint8Array(3)).buffer.byteLength).toBe(32)
})

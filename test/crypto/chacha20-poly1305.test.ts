import { expect, test, vi } from "vitest"
import { type ChaChaProvider, chachaUnder } from "../../main/crypto/chacha20-poly1305.ts"
import { hexBytes, readWycheproof } from "./read-wycheproof.ts"

const providers: readonly ChaChaProvider[] = ["runtime", "noble"]

const cases = readWycheproof(
  "chacha20_poly1305_test",
  { key: hexBytes, iv: hexBytes, aad: hexBytes, msg: hexBytes, ct: hexBytes, tag: hexBytes },
  {},
)
  .flatMap(({ tests }) => tests)
  .filter(({ iv }) => iv.length === 12)

test.for(providers)(
  "%s: opens and makes every valid ciphertext of Wycheproof, and opens no invalid one",
  (provider) => {
    expect(cases).toHaveLength(316)
    for (const { tcId, key, iv, aad, msg, ct, tag, result } of cases) {
      const chacha = chachaUnder(key, provider)
      const sealed = Buffer.concat([ct, tag])
      using opened = chacha.open(iv, sealed, aad)
      expect(opened?.bytes, `case ${tcId}`).toEqual(result === "valid" ? msg : undefined)
      if (result === "valid") expect(Buffer.concat(chacha.seal(iv, msg, aad)), `case ${tcId}`).toEqual(sealed)
    }
  },
)

test.for(providers)("%s: what is shorter than a tag does not open, and a key of another size is a bug", (provider) => {
  expect(chachaUnder(new Uint8Array(32), provider).open(new Uint8Array(12), new Uint8Array(15))).toBe(null)
  expect(() => chachaUnder(new Uint8Array(16), provider)).toThrow(RangeError)
})

test("a runtime that lacks the cipher is not asked for it", async () => {
  vi.resetModules()
  vi.doMock("node:crypto", async (original) => ({ ...(await original<object>()), getCiphers: () => ["aes-256-gcm"] }))
  expect((await import("../../main/crypto/chacha20-poly1305.ts")).chachaProvider).toBe("noble")
  vi.doUnmock("node:crypto")
})

import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { z } from "zod"
import { aesCmac } from "../../main/crypto/cmac.ts"
import { hexBytes, readWycheproof } from "./read-wycheproof.ts"

const shape = { key: hexBytes, msg: hexBytes, tag: hexBytes }
const groups = readWycheproof("aes_cmac_test", shape, { keySize: z.number() })
const isKeySize = (bits: number) => [128, 192, 256].includes(bits)
const checkValues = z
  .array(z.object({ alg: z.string(), key: hexBytes, kcv_cmac_zero_5: z.string().optional() }))
  .parse(JSON.parse(readFileSync(new URL("../vectors/kcv/kcv.json", import.meta.url), "utf8")))
  .filter(({ alg }) => alg.startsWith("AES-"))

test.for(groups.filter(({ keySize }) => isKeySize(keySize)).flatMap(({ tests }) => tests))(
  "Wycheproof aes_cmac $tcId is $result: $comment",
  ({ key, msg, tag, result }) => {
    expect(Buffer.from(aesCmac(key, msg)).equals(tag)).toBe(result === "valid")
  },
)

test.for(groups.filter(({ keySize }) => !isKeySize(keySize)).flatMap(({ tests }) => tests))(
  "Wycheproof aes_cmac $tcId is refused: $comment",
  ({ key, msg }) => {
    expect(() => aesCmac(key, msg)).toThrow()
  },
)

test.for(checkValues)("openssl's check value of an $alg key comes from the CMAC of a zero block", (vector) => {
  const mac = aesCmac(vector.key, new Uint8Array(16))
  expect(Buffer.from(mac).subarray(0, 5).toString("hex")).toBe(vector.kcv_cmac_zero_5)
})

test("the key is left as it was", () => {
  const key = new Uint8Array(16).fill(5)
  aesCmac(key, new Uint8Array(40))
  expect(key).toEqual(new Uint8Array(16).fill(5))
})

import { expect, test } from "vitest"
import { isThere, saidOf } from "../../renderer/api/token-uris.ts"

const make = "pkcs11:manufacturer=Maker%20Ltd;model=One"
const key = `${make};serial=12;token=work;id=%01%FF?x-claviger-oaep=sha1`

test("a URI's words are read as they were before they were encoded", () => {
  expect(saidOf(key, "manufacturer")).toBe("Maker Ltd")
  expect(saidOf(key, "serial")).toBe("12")
  expect(saidOf("pkcs11:model=One", "token")).toBe("")
})

test("a key's token is there under another label, and is not another of the same make", () => {
  expect(isThere(key, [{ uri: `${make};serial=12;token=renamed` }])).toBe(true)
  expect(isThere(key, [{ uri: `${make};serial=13;token=work` }])).toBe(false)
})

test("of tokens without a serial number of their own the label tells which is there", () => {
  const noughts = `${make};serial=0000;token=work;id=%01`
  expect(isThere(noughts, [{ uri: `${make};serial=0000;token=work` }])).toBe(true)
  expect(isThere(noughts, [{ uri: `${make};serial=0000;token=other` }])).toBe(false)
})

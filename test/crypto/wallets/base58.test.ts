import { sha256 } from "@noble/hashes/sha2.js"
import { base58, createBase58check } from "@scure/base"
import fc from "fast-check"
import { expect, test } from "vitest"
import {
  decodeBase58,
  decodeBase58Check,
  encodeBase58,
  encodeBase58Check,
} from "../../../main/crypto/wallets/base58.ts"
import { textOf, utf8 } from "./read-vectors.ts"

const base58check = createBase58check(sha256)
const anyBytes = fc
  .tuple(fc.nat({ max: 4 }), fc.uint8Array({ maxLength: 90 }))
  .map(([zeros, bytes]) => Uint8Array.from([...Array<number>(zeros).fill(0), ...bytes]))

test("any bytes are written as @scure/base writes them, and read back", () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(textOf(encodeBase58(bytes).bytes)).toBe(base58.encode(bytes))
      expect(decodeBase58(encodeBase58(bytes).bytes)?.bytes).toEqual(bytes)
    }),
  )
})

test("with a checksum too, and one wrong character is found", () => {
  fc.assert(
    fc.property(anyBytes, fc.nat(), fc.integer({ min: 1, max: 57 }), (bytes, place, change) => {
      const text = encodeBase58Check(bytes).bytes
      expect(textOf(text)).toBe(base58check.encode(bytes))
      expect(decodeBase58Check(text)?.bytes).toEqual(bytes)
      const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
      const at = place % text.length
      const other = alphabet[(alphabet.indexOf(textOf(text)[at] ?? "") + change) % 58] ?? ""
      expect(decodeBase58Check(utf8(textOf(text).slice(0, at) + other + textOf(text).slice(at + 1)))).toBeNull()
    }),
  )
})

test.for(["0", "O", "I", "l", "a b", "é", "1\n"])("%j has a character that is not of the alphabet", (text) => {
  expect(decodeBase58(utf8(text))).toBeNull()
})

test("less than a checksum is no text with a checksum", () => {
  expect(decodeBase58Check(utf8("11"))).toBeNull()
  expect(decodeBase58Check(utf8(""))).toBeNull()
})

import fc from "fast-check"
import { expect, test } from "vitest"
import {
  formatDerivationPath,
  hardened,
  hardenedOffset,
  parseDerivationPath,
} from "../../../../main/crypto/wallets/bip32/derivation-path.ts"
import { VaultError } from "../../../../main/domain/vault-error.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"

test.for([
  ["m", []],
  ["m/0", [0]],
  ["0/1", [0, 1]],
  ["m/84'/0h/0H/1/2147483647", [hardened(84), hardened(0), hardened(0), 1, 2 ** 31 - 1]],
  ["m/2147483647'", [2 ** 32 - 1]],
] as const)("%s is %j", ([text, path]) => {
  expect(parseDerivationPath(text)).toEqual(path)
})

test.for([
  ["", 1],
  ["/", 1],
  ["m/", 1],
  ["M/0", 1],
  ["m/m/1", 1],
  ["m/0/", 2],
  ["m//1", 1],
  ["m/00", 1],
  ["m/01", 1],
  ["m/-1", 1],
  ["m/+1", 1],
  ["m/1.5", 1],
  ["m/0x1", 1],
  ["m/1e1", 1],
  ["m/ 1", 1],
  ["m/1''", 1],
  ["m/1'h", 1],
  ["m/'", 1],
  ["m/0/2147483648", 2],
  ["m/4294967296", 1],
  ["m/99999999999", 1],
  ["m/*", 1],
  ["m/١", 1],
] as const)("%j has no number at step %i", ([text, position]) => {
  const detail = `path: step ${position} is no number from 0 to 2147483647`
  expect(vaultErrorOf(() => parseDerivationPath(text))).toMatchObject({ code: "INVALID_INPUT", detail })
})

test("a path of too many steps or characters is refused", () => {
  expect(vaultErrorOf(() => parseDerivationPath(`m${"/1".repeat(33)}`)).detail).toBe("path: more than 32 steps")
  expect(vaultErrorOf(() => parseDerivationPath("1".repeat(2 ** 20))).detail).toBe("path: too long")
})

test("any path is written with either mark, and read back", () => {
  const anyPath = fc.array(fc.integer({ min: 0, max: 2 * hardenedOffset - 1 }), { maxLength: 12 })
  fc.assert(
    fc.property(anyPath, fc.constantFrom("'" as const, "h" as const), (path, mark) => {
      expect(parseDerivationPath(formatDerivationPath(path, mark))).toEqual(path)
    }),
  )
})

test("any other text is a path or a VaultError", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."m/0123456789'hH") }))
  fc.assert(
    fc.property(text, (input) => {
      try {
        const path = parseDerivationPath(input)
        expect(path.every((index) => Number.isInteger(index) && index >= 0 && index < 2 ** 32)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(VaultError)
      }
    }),
    { numRuns: 2000 },
  )
})

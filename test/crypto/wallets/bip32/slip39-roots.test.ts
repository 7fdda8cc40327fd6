import { expect, test } from "vitest"
import { z } from "zod"
import { combineShares } from "../../../../main/crypto/slip39/combine.ts"
import { ExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/extended-private-key.ts"
import { writeExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/serialization.ts"
import { Secret } from "../../../../main/domain/secret.ts"
import { readVectors, textOf, utf8 } from "../read-vectors.ts"

const Vector = z.tuple([z.string(), z.array(z.string()), z.string(), z.string()])
const valid = readVectors("slip39/vectors.json", z.array(Vector)).filter(([, , secret]) => secret !== "")

test("there are 15 published sets of shares that combine", () => {
  expect(valid).toHaveLength(15)
})

test.for(valid)("%s: what the shares give is the seed of the published root", async ([, shares, , xprv]) => {
  using seed = await combineShares(shares.map(utf8), new Secret(Buffer.from("TREZOR")))
  using root = ExtendedPrivateKey.fromSeed(seed.bytes)
  expect(textOf(writeExtendedPrivateKey(root).bytes)).toBe(xprv)
})

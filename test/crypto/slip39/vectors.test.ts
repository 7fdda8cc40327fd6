import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { z } from "zod"
import { combineShares } from "../../../main/crypto/slip39/combine.ts"
import { Secret } from "../../../main/domain/secret.ts"

const Vectors = z.array(z.tuple([z.string(), z.array(z.string()), z.string(), z.string()]))
const file = readFileSync(new URL("../../vectors/slip39/vectors.json", import.meta.url), "utf8")
const vectors = Vectors.parse(JSON.parse(file)).map(([name, mnemonics, secret]) => ({
  name,
  secret,
  shares: mnemonics.map((mnemonic) => new TextEncoder().encode(mnemonic)),
}))

function combine(shares: Uint8Array[]): Promise<Secret> {
  return combineShares(shares, new Secret(new TextEncoder().encode("TREZOR")))
}

/** The published cases that must fail, by what their names say is wrong, and what we tell the user. */
const failures: readonly (readonly [RegExp, RegExp])[] = [
  [/invalid checksum/, /^share 1: checksum: word \d+ may be mistyped$/],
  [/invalid padding/, /^share 1: its padding is not zero$/],
  [/Basic sharing 2-of-3/, /^1 more share is needed$/],
  [/different (identifiers|iteration exponents)/, /^shares 1 and 2 are of different sets$/],
  [/mismatching (group|member)/, /^share(s \d and \d are of different sets| \d is of another set than the others)$/],
  [/greater group threshold/, /^share 1: it asks for more groups than there are$/],
  [/duplicate member indices/, /^shares 1 and 2 are of different sets$/],
  [/invalid digest/, /^digest: shares 1, 2 do not belong together$/],
  [/Insufficient number of groups/, /^1 more complete group is needed(; group \d lacks \d)?$/],
  [/insufficient number of members/, /^1 more complete group is needed; group \d lacks 1$/],
  [/insufficient length/, /^share 1: no share has \d+ words$/],
  [/invalid master secret length/, /^share 1: no share has \d+ words$/],
]

test("all 45 published cases are here", () => {
  expect(vectors).toHaveLength(45)
  expect(vectors.filter(({ secret }) => secret !== "")).toHaveLength(15)
})

test.for(vectors.filter(({ secret }) => secret !== ""))("$name", async ({ shares, secret }) => {
  using combined = await combine(shares)
  expect(Buffer.from(combined.bytes).toString("hex")).toBe(secret)
})

test.for(vectors.filter(({ secret }) => secret === ""))("$name: refused, and why", async ({ name, shares }) => {
  const [, detail] = failures.find(([pattern]) => pattern.test(name)) ?? []
  await expect(combine(shares)).rejects.toMatchObject({
    code: "WRONG_SHARES",
    detail: expect.stringMatching(detail ?? /^$/),
  })
})

import fc from "fast-check"
import { expect, test } from "vitest"
import { combineShares } from "../../../main/crypto/slip39/combine.ts"
import { formatShare, parseShare, type Share } from "../../../main/crypto/slip39/share.ts"
import { type SharingPlan, splitSecret } from "../../../main/crypto/slip39/split.ts"
import { Secret } from "../../../main/domain/secret.ts"

const quick = { iterationExponent: 0 }
const threeOfFive: SharingPlan = { groups: [{ threshold: 3, count: 5 }], groupThreshold: 1, ...quick }

function aSecret(): Secret {
  return new Secret(new Uint8Array(32).map((_, index) => index * 5))
}

async function split(plan: SharingPlan, secret = aSecret()): Promise<Uint8Array[][]> {
  return (await splitSecret(secret, plan)).map((group) => group.map(({ bytes }) => bytes))
}

/** The shares of a plan with one group. */
async function splitOne(plan = threeOfFive): Promise<Uint8Array[]> {
  return (await split(plan)).flat()
}

/** The share with another word at a position, counted from 1. */
function withWord(share: Uint8Array | undefined, position: number, word: string): Uint8Array {
  return Buffer.from(
    Buffer.from(share ?? [])
      .toString()
      .split(" ")
      .with(position - 1, word)
      .join(" "),
  )
}

function pick<Item>(items: readonly Item[], ...positions: number[]): Item[] {
  return items.filter((_, index) => positions.includes(index + 1))
}

const anyGroup = fc
  .integer({ min: 1, max: 16 })
  .chain((threshold) =>
    fc.record({ threshold: fc.constant(threshold), count: fc.integer({ min: threshold, max: 16 }) }),
  )
  .map((group) => (group.threshold === 1 ? { threshold: 1, count: 1 } : group))
const anyPlan = fc
  .array(anyGroup, { minLength: 1, maxLength: 16 })
  .chain((groups) =>
    fc.record({ groups: fc.constant(groups), groupThreshold: fc.integer({ min: 1, max: groups.length }) }),
  )
const anySecret = fc
  .integer({ min: 8, max: 40 })
  .chain((half) => fc.uint8Array({ minLength: half * 2, maxLength: half * 2 }))

test("just enough shares of any plan, in any order, give the secret back", async () => {
  const order = fc.infiniteStream(fc.nat())
  await fc.assert(
    fc.asyncProperty(anyPlan, anySecret, fc.boolean(), order, async (plan, bytes, isExtendable, random) => {
      const shuffled = <Item>(items: readonly Item[]) =>
        items.map((item) => ({ item, key: random.next().value ?? 0 })).toSorted((a, b) => a.key - b.key)
      const groups = await split({ ...plan, ...quick, isExtendable }, Secret.copyOf(bytes))
      const enough = shuffled(
        groups.map((shares, index) => ({ shares, threshold: plan.groups[index]?.threshold ?? 0 })),
      )
        .slice(0, plan.groupThreshold)
        .flatMap(({ item: { shares, threshold } }) => shuffled(shares).slice(0, threshold))
      using combined = await combineShares(shuffled(enough.map(({ item }) => item)).map(({ item }) => item))
      expect(combined.bytes).toEqual(new Uint8Array(bytes))
    }),
    { numRuns: 40 },
  )
})

test("16 groups of 16-of-16, all of them needed, are the largest set", async () => {
  const groups = Array.from({ length: 16 }, () => ({ threshold: 16, count: 16 }))
  const shares = (await split({ groups, groupThreshold: 16, ...quick })).flat()
  expect(shares).toHaveLength(256)
  using combined = await combineShares(shares)
  expect(combined.bytes).toEqual(aSecret().bytes)
})

test("a share is lower-case words with single spaces, 33 of them for 32 bytes", async () => {
  for (const share of await splitOne()) {
    expect(Buffer.from(share).toString()).toMatch(/^([a-z]{4,8} ){32}[a-z]{4,8}$/)
  }
})

test("capitals, line ends and spaces around do not matter", async () => {
  const shares = pick(await splitOne(), 1, 4, 5)
  const typed = shares.map((share) =>
    Buffer.from(`\n ${Buffer.from(share).toString().toUpperCase().replaceAll(" ", "\r\n\t ")} `),
  )
  using combined = await combineShares(typed)
  expect(combined.bytes).toEqual(aSecret().bytes)
})

test("the passphrase is needed, and another gives another secret without telling", async () => {
  const passphrase = new Secret(new TextEncoder().encode("correct horse ~"))
  const shares = pick(await splitOne({ ...threeOfFive, passphrase }), 1, 2, 3)
  using right = await combineShares(shares, passphrase)
  using wrong = await combineShares(shares)
  expect(right.bytes).toEqual(aSecret().bytes)
  expect(wrong.bytes).not.toEqual(aSecret().bytes)
})

test("neither the secret nor the passphrase nor the shares are changed", async () => {
  const passphrase = new Secret(new TextEncoder().encode("pass"))
  const secret = aSecret()
  const shares = (await splitSecret(secret, { ...threeOfFive, passphrase })).flat().map(({ bytes }) => bytes)
  const before = shares.map((share) => new Uint8Array(share))
  using _ = await combineShares(shares, passphrase)
  expect(secret.bytes).toEqual(aSecret().bytes)
  expect(passphrase.bytes).toEqual(new TextEncoder().encode("pass"))
  expect(shares).toEqual(before)
})

test.for([
  [[], "there are no shares"],
  [[1], "2 more shares are needed"],
  [[2, 5], "1 more share is needed"],
] as const)("too few shares (%o) say how many more: %s", async ([positions, detail]) => {
  const shares = pick(await splitOne(), ...positions)
  await expect(combineShares(shares)).rejects.toMatchObject({ code: "WRONG_SHARES", detail })
})

test("too few groups say how many more, and what the begun ones lack", async () => {
  const groups = [
    { threshold: 1, count: 1 },
    { threshold: 3, count: 3 },
    { threshold: 2, count: 2 },
  ]
  const [first = [], second = []] = await split({ groups, groupThreshold: 3, ...quick })
  await expect(combineShares([...first, ...second.slice(1)])).rejects.toMatchObject({
    code: "WRONG_SHARES",
    detail: "2 more complete groups are needed; group 2 lacks 1",
  })
})

test("a share that is given twice counts once, and is named where one is missing", async () => {
  const [a, b, c] = await splitOne()
  if (!(a && b && c)) throw new Error("five shares")
  using secret = await combineShares([a, b, a, c])
  expect(secret.bytes).toEqual(aSecret().bytes)
  await expect(combineShares([a, b, a])).rejects.toMatchObject({
    detail: "share 3 is the same as share 1; 1 more share is needed",
  })
})

test("of each word the first four letters are enough", async () => {
  const shares = (await splitOne()).slice(0, 3).map((share) => {
    const words = Buffer.from(share).toString().split(" ")
    return new Uint8Array(Buffer.from(words.map((word) => word.slice(0, 4)).join(" ")))
  })
  using secret = await combineShares(shares)
  expect(secret.bytes).toEqual(aSecret().bytes)
})

test("a share of another set is named", async () => {
  const shares = [...pick(await splitOne(), 1, 2), ...pick(await splitOne(), 3)]
  await expect(combineShares(shares)).rejects.toMatchObject({ detail: "share 3 is of another set than the others" })
})

test("several foreign shares are all named", async () => {
  const shares = [...pick(await splitOne(), 1), ...pick(await splitOne(), 2), ...pick(await splitOne(), 1, 2, 3)]
  await expect(combineShares(shares)).rejects.toMatchObject({ detail: "shares 1, 2 are of other sets than most" })
})

test("of sets that are mixed half and half, each is told", async () => {
  const shares = [...pick(await splitOne(), 1, 2), ...pick(await splitOne(), 1, 2)]
  await expect(combineShares(shares)).rejects.toMatchObject({ detail: "shares of 2 sets are mixed: 1, 2; 3, 4" })
})

test("a word that is not in the list is named by its place, not by its letters", async () => {
  const [a, b, c] = await splitOne()
  if (!(a && c)) throw new Error("five shares")
  await expect(combineShares([a, withWord(b, 7, "xylophon"), c])).rejects.toMatchObject({
    code: "WRONG_SHARES",
    message: "WRONG_SHARES: share 2: word 7 is not in the word list",
  })
})

test.for([1, 2, 3, 20, 33])(
  "word %i mistyped as another word of the list is told by the checksum",
  async (position) => {
    const [share] = await splitOne()
    const isAcid =
      Buffer.from(share ?? [])
        .toString()
        .split(" ")[position - 1] === "acid"
    const mistyped = withWord(share, position, isAcid ? "academic" : "acid")
    expect(() => parseShare(mistyped)).toThrow(`WRONG_SHARES: checksum: word ${position} may be mistyped`)
  },
)

test("words out of order are told by the checksum", async () => {
  const [share] = await splitOne()
  const words = Buffer.from(share ?? [])
    .toString()
    .split(" ")
  expect(() => parseShare(Buffer.from(words.toReversed().join(" ")))).toThrow(/^WRONG_SHARES: checksum: /)
})

test("a missing word is told", async () => {
  const [share] = await splitOne()
  const words = Buffer.from(share ?? [])
    .toString()
    .split(" ")
  expect(() => parseShare(Buffer.from(words.slice(1).join(" ")))).toThrow("WRONG_SHARES: no share has 32 words")
})

test("a forged share with a right checksum fails the digest, and is named where there are others to spare", async () => {
  const shares = await splitOne()
  const forge = (position: number) => {
    const { value, ...fields } = parseShare(shares[position - 1] ?? new Uint8Array(0))
    const forged = new Secret(value.bytes.map((byte) => byte ^ 1))
    return shares.with(position - 1, formatShare({ ...fields, value: forged }).bytes)
  }
  await expect(combineShares(pick(forge(2), 1, 2, 3))).rejects.toMatchObject({
    detail: "digest: shares 1, 2, 3 do not belong together",
  })
  for (const position of [1, 3, 4, 5]) {
    const detail = `share ${position} does not belong to the others`
    await expect(combineShares(forge(position))).rejects.toMatchObject({ detail })
  }
})

test.for([
  ["the identifier", (share: Share) => ({ ...share, identifier: share.identifier ^ 1 })],
  ["the extendable flag", (share: Share) => ({ ...share, isExtendable: !share.isExtendable })],
  ["the iteration exponent", (share: Share) => ({ ...share, iterationExponent: 5 })],
  ["the number of groups", (share: Share) => ({ ...share, groupCount: 2 })],
  ["the group threshold", (share: Share) => ({ ...share, groupCount: 2, groupThreshold: 2 })],
  ["the length of the value", (share: Share) => ({ ...share, value: new Secret(share.value.bytes.slice(2)) })],
] as const)("shares that differ in %s are of different sets", async ([, change]) => {
  const [a, b, c] = await splitOne()
  if (!(a && b && c)) throw new Error("five shares")
  const changed = formatShare(change(parseShare(b))).bytes
  await expect(combineShares([a, changed, c])).rejects.toMatchObject({
    detail: "share 2 is of another set than the others",
  })
})

test("shares that differ in the member threshold are of different sets", async () => {
  const [a, b] = await splitOne()
  if (!(a && b)) throw new Error("five shares")
  const changed = formatShare({ ...parseShare(b), memberThreshold: 2 }).bytes
  await expect(combineShares([a, changed])).rejects.toMatchObject({ detail: "shares 1 and 2 are of different sets" })
})

test("a forged group fails the digest of the groups, needed or to spare", async () => {
  const groups = Array.from({ length: 3 }, () => ({ threshold: 1, count: 1 }))
  const shares = (await split({ groups, groupThreshold: 2, ...quick })).flat()
  const last = parseShare(shares[2] ?? new Uint8Array(0))
  const forged = formatShare({ ...last, value: new Secret(last.value.bytes.map((byte) => byte ^ 1)) }).bytes
  for (const given of [
    [...pick(shares, 1), forged],
    [...pick(shares, 1, 2), forged],
  ]) {
    await expect(combineShares(given)).rejects.toMatchObject({ detail: "digest: the groups do not belong together" })
  }
  using combined = await combineShares(shares)
  expect(combined.bytes).toEqual(aSecret().bytes)
})

test("more shares than enough give the secret too", async () => {
  using combined = await combineShares(await splitOne())
  expect(combined.bytes).toEqual(aSecret().bytes)
})

test.for<[string, Partial<SharingPlan>, number?]>([
  ["threshold: a single share that is enough must be the only one", { groups: [{ threshold: 1, count: 2 }] }],
  ["threshold: 1 to count", { groups: [{ threshold: 3, count: 2 }] }],
  ["threshold: 1 to count", { groups: [{ threshold: 0, count: 2 }] }],
  ["threshold: 1 to count", { groups: [{ threshold: 1.5, count: 2 }] }],
  ["count: 1 to 16", { groups: [{ threshold: 2, count: 17 }] }],
  ["count: 1 to 16", { groups: [{ threshold: 0, count: 0 }] }],
  ["groups: 1 to 16", { groups: [] }],
  ["groups: 1 to 16", { groups: Array.from({ length: 17 }, () => ({ threshold: 1, count: 1 })) }],
  ["groupThreshold: 1 to the number of groups", { groupThreshold: 2 }],
  ["groupThreshold: 1 to the number of groups", { groupThreshold: 0 }],
  ["iterationExponent: 0 to 15", { iterationExponent: 16 }],
  ["iterationExponent: 0 to 15", { iterationExponent: -1 }],
  ["passphrase: printable ASCII only", { passphrase: new Secret(new TextEncoder().encode("pässwörd")) }],
  ["secret: 16 to 256 bytes, an even number", {}, 14],
  ["secret: 16 to 256 bytes, an even number", {}, 17],
  ["secret: 16 to 256 bytes, an even number", {}, 258],
])("a plan that cannot be is refused: %s", async ([detail, change, size = 32]) => {
  const secret = new Secret(new Uint8Array(size))
  await expect(splitSecret(secret, { ...threeOfFive, ...change })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    detail,
  })
})

test("too many shares are refused unread", async () => {
  const shares = Array.from({ length: 257 }, () => new Uint8Array(0))
  await expect(combineShares(shares)).rejects.toMatchObject({
    code: "WRONG_SHARES",
    detail: "at most 256 shares make a set",
  })
})

test("whatever bytes are given, they are a share or refused as one", () => {
  const anyText = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .array(fc.constantFrom("acid", "ACADEMIC", "zero", "zeros", "", "\t", "\u00e9"), { maxLength: 250 })
      .map((words) => Buffer.from(words.join(" "))),
    fc.integer({ min: 4097, max: 10_000 }).map((size) => new Uint8Array(size).fill(0x61)),
  )
  fc.assert(
    fc.property(anyText, (text) => {
      expect(() => parseShare(text)).toThrow(expect.objectContaining({ code: "WRONG_SHARES" }))
    }),
  )
})

test("a share with any bit changed is refused, unless the change is of case", async () => {
  const [share] = await splitOne()
  if (!share) throw new Error("five shares")
  fc.assert(
    fc.property(fc.nat(share.length - 1), fc.constantFrom(1, 2, 4, 8, 16, 64, 128), (at, bit) => {
      const changed = share.map((byte, index) => (index === at ? byte ^ bit : byte))
      expect(() => parseShare(changed)).toThrow(expect.objectContaining({ code: "WRONG_SHARES" }))
    }),
  )
})

test("reading and writing a share are each other's reverse", async () => {
  for (const share of await splitOne()) expect(formatShare(parseShare(share)).bytes).toEqual(share)
})

test("the event loop goes on while a share is stretched", async () => {
  const shares = await splitOne({ groups: [{ threshold: 1, count: 1 }], groupThreshold: 1, iterationExponent: 6 })
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  using _ = await combineShares(shares)
  clearInterval(turning)
  expect(turns).toBeGreaterThan(5)
})

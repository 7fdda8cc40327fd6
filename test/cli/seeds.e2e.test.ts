import { readdirSync, readFileSync, statSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

/** The mnemonic of the test vectors of BIP-49, BIP-84 and BIP-86. */
const abandon = `${"abandon ".repeat(11)}about`

/** One vault: each test goes on where the one before ended. */
let home: ClavigerHome
const content = (name: string): string => readFileSync(home.file(name), "utf8")

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  home.write("words", `${abandon}\n`)
})

afterAll(() => home[Symbol.dispose]())

test("a phrase is taken in, and nothing that is told of it holds a word", async () => {
  const imported = await home.done("seed import savings --in words")
  expect(imported).toMatchObject({ name: "savings", fingerprint: "73c5da0a", words: 12, language: "english" })
  const told = [
    imported,
    await home.done("key show savings"),
    await home.done("seed list"),
    await home.done("audit list"),
  ]
  expect(JSON.stringify(told)).not.toContain("abandon")
})

test("addresses and account keys are those of the standards' vectors", async () => {
  expect(await home.done("seed addresses savings --standard bip86 --count 1")).toEqual({
    path: "m/86'/0'/0'",
    fingerprint: "73c5da0a",
    addresses: [{ path: "m/86'/0'/0'/0/0", address: "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr" }],
  })
  const bip49 = await home.done("seed addresses savings --standard bip49 --count 1")
  expect(bip49).toMatchObject({ addresses: [{ address: "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf" }] })
  expect(await home.done("seed xpub savings --standard bip84")).toHaveProperty("descriptor")
})

test("words show only to who confirms, and in a file that nobody else reads", async () => {
  const refused = await home.json("seed reveal savings")
  expect(refused).toMatchObject({ status: 5, document: { error: { code: "CONFIRMATION_REQUIRED" } } })
  await home.done("seed reveal savings --yes --out paper")
  expect(content("paper")).toBe(`${abandon}\n`)
  expect(statSync(home.file("paper")).mode & 0o777).toBe(0o600)
})

test("a copy that differs ends with status 7, and tells where", async () => {
  home.write("typed", abandon.replace("about", "above"))
  const compared = await home.json("seed verify savings --in typed")
  expect(compared).toMatchObject({ status: 7, document: { matches: false, wrongPositions: [12] } })
  expect((await home.json("seed verify savings --in paper")).status).toBe(0)
})

test("shares are a file each, and enough of them give the seed back", async () => {
  await home.done("seed split savings --scheme 2of3 --out-dir shares --yes")
  expect(readdirSync(home.file("shares"))).toEqual(["share-1-of-3.txt", "share-2-of-3.txt", "share-3-of-3.txt"])
  home.write("two", content("shares/share-1-of-3.txt") + content("shares/share-3-of-3.txt"))
  expect(await home.done("seed combine again --shares-file two")).toMatchObject({ fingerprint: "73c5da0a" })
  home.write("one", content("shares/share-2-of-3.txt"))
  expect(await home.json("seed combine few --shares-file one")).toMatchObject({
    status: 3,
    document: { error: { code: "WRONG_SHARES" } },
  })
})

test("a child is BIP-85's own vector's, and is not given twice", async () => {
  const root =
    "xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1LqdGhUtyoFnCNkfmXRyPXLjbKb"
  home.write("root", `${root}\n`)
  await home.done("seed import root --in root")
  const line = "seed child root --bip85 words=12,index=0 --yes"
  expect(await home.done(line)).toMatchObject({
    path: "m/83696968'/39'/0'/12'/0'",
    child: "girl mad pet galaxy egg matter matrix prison refuse sense ordinary nose",
  })
  expect(await home.json(line)).toMatchObject({ document: { error: { code: "ALREADY_EXISTS" } } })
})

test("a rotated seed is watched on by its version, and says what to move", async () => {
  const rotated = await home.done("seed rotate savings --reason seen")
  expect(rotated).toMatchObject({ version: 2, moveFrom: [{ standard: "bip49" }, { standard: "bip86" }] })
  await home.done("seed destroy savings --version 1 --now --reason moved --yes")
  expect(await home.done("seed addresses savings --version 1 --standard bip49 --count 1")).toMatchObject({
    addresses: [{ address: "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf" }],
  })
})

test("a seed leaves encrypted only", async () => {
  home.write("export passphrase", "of the export\n")
  const line = ["seed", "export", "savings", "--out-passphrase-file", "export passphrase", "--out", "savings.age"]
  await home.done(line)
  expect(content("savings.age")).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/)
  expect(await home.json("seed export savings --out plain")).toMatchObject({ status: 2 })
  expect(await home.json("key export savings --plaintext --yes --format raw --out plain")).toMatchObject({
    status: 5,
    document: { error: { code: "POLICY_DENIED" } },
  })
})

test("everything holds together in the end", async () => {
  expect(await home.done("vault verify")).toMatchObject({ ok: true })
})

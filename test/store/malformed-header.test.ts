import { generateKeyPairSync } from "node:crypto"
import { readFileSync, truncateSync, writeFileSync } from "node:fs"
import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { VaultError } from "../../main/domain/vault-error.ts"
import { parseHeader } from "../../main/store/vault-header.ts"
import { processorMs } from "../support/processor-time.ts"
import { TestVault } from "../support/vaults.ts"

/** With these, one derivation would take hours: a header that is refused in time was refused before it. */
const dearest = { memoryKiB: 4 * 1024 * 1024, passes: 1000, lanes: 1 }

const nonce = Buffer.alloc(12).toString("base64")
const box = { aead: "AES-256-GCM", nonce, ciphertext: Buffer.alloc(32).toString("base64"), tag: `${"A".repeat(22)}==` }
const kdf = { name: "argon2id", version: 19, ...dearest, salt: `${"A".repeat(22)}==` }
const id = "01890000-0000-7000-8000-000000000001"
const slot = { id, kind: "passphrase", kdf, wrap: box }
const recovery = {
  id: "01890000-0000-7000-8000-000000000002",
  kind: "recovery",
  scheme: { name: "slip39", threshold: 2, count: 3 },
  wrap: box,
}
const spki = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" })
const publicKey = spki.toString("base64")
const uri = "pkcs11:manufacturer=M;model=N;serial=1;token=work;type=private;id=%01"
const binding = { uri, publicKey, scheme: "ecdh", encapsulated: publicKey }
const tokenSlot = { id: "01890000-0000-7000-8000-000000000004", kind: "token", token: binding, wrap: box }
const bothSlot = { ...tokenSlot, id: "01890000-0000-7000-8000-000000000005", kind: "token+passphrase", kdf }
const sound = {
  format: "claviger-vault",
  version: 1,
  vaultId: "01890000-0000-7000-8000-000000000003",
  createdAt: "2026-01-02T03:04:05.678Z",
  database: { cipher: "sqlcipher", pageSize: 4096 },
  keyslots: [slot, recovery, tokenSlot, bothSlot],
  mac: Buffer.alloc(32).toString("base64"),
}

type Change = readonly [what: string, header: unknown]

const text = (header: unknown) => JSON.stringify(header)
const withSlot = (changed: object) => ({ ...sound, keyslots: [{ ...slot, ...changed }] })
const withKdf = (changed: object) => withSlot({ kdf: { ...kdf, ...changed } })
const withBox = (changed: object) => withSlot({ wrap: { ...box, ...changed } })
const withBinding = (changed: object) => ({
  ...sound,
  keyslots: [slot, { ...tokenSlot, token: { ...binding, ...changed } }],
})
const without = (name: string) => Object.fromEntries(Object.entries(sound).filter(([member]) => member !== name))

/** Members that are wrong in kind, size or spelling; JSON all of them. */
const wrongMembers: readonly Change[] = [
  ...Object.keys(sound).map((name): Change => [`${name} is missing`, without(name)]),
  ...Object.keys(sound).map((name): Change => [`${name} is null`, { ...sound, [name]: null }]),
  ["the format is another", { ...sound, format: "LUKS" }],
  ["the version is 0", { ...sound, version: 0 }],
  ["the version is negative", { ...sound, version: -1 }],
  ["the version is a text", { ...sound, version: "1" }],
  ["the version is a fraction", { ...sound, version: 1.5 }],
  ["the vault's id is no UUID", { ...sound, vaultId: "mine" }],
  ["the vault's id is a path", { ...sound, vaultId: "../../etc" }],
  ["the creation is no time", { ...sound, createdAt: "yesterday" }],
  ["the label is over-long", { ...sound, label: "x".repeat(201) }],
  ["the cipher has no integrity", { ...sound, database: { cipher: "aes256cbc", pageSize: 4096 } }],
  ["the page size is 0", { ...sound, database: { cipher: "sqlcipher", pageSize: 0 } }],
  ["the page size is huge", { ...sound, database: { cipher: "sqlcipher", pageSize: 2 ** 31 } }],
  ["an unknown critical member", { ...sound, compression: "deflate" }],
  ["an unknown member of a keyslot", withSlot({ compression: "deflate" })],
  ["an unknown member of the costs", withKdf({ secret: "AAAA" })],
  ["the keyslots are an object", { ...sound, keyslots: { 0: slot } }],
  ["a keyslot is a number", { ...sound, keyslots: [7] }],
  ["a keyslot has no id", { ...sound, keyslots: [{ kind: "passphrase", kdf, wrap: box }] }],
  ["two keyslots have one id", { ...sound, keyslots: [slot, { ...recovery, id }] }],
  ["65 keyslots", { ...sound, keyslots: manySlots(65) }],
  ["another key derivation", withKdf({ name: "pbkdf2" })],
  ["another Argon2", withKdf({ name: "argon2i" })],
  ["another Argon2 version", withKdf({ version: 16 })],
  ["memory as a text", withKdf({ memoryKiB: "65536" })],
  ["memory as a fraction", withKdf({ memoryKiB: 65536.5 })],
  ["negative passes", withKdf({ passes: -3 })],
  ["passes beyond a whole number", withKdf({ passes: 2 ** 53 })],
  ["low memory is false", withKdf({ lowMemory: false })],
  ["a salt that is no base64", withKdf({ salt: "!!!!" })],
  ["a salt in base64url", withKdf({ salt: `${"_".repeat(22)}==` })],
  ["a salt without padding", withKdf({ salt: "A".repeat(22) })],
  ["a salt with bits in its padding", withKdf({ salt: `${"A".repeat(21)}B==` })],
  ["a salt with white space", withKdf({ salt: ` ${"A".repeat(22)}==` })],
  ["no salt", withKdf({ salt: "" })],
  ["another AEAD", withBox({ aead: "AES-256-CBC" })],
  ["a ciphertext that is a number", withBox({ ciphertext: 5 })],
  ["a wrap that is missing", { ...sound, keyslots: [{ id, kind: "passphrase", kdf }] }],
  ["a threshold of 0", { ...sound, keyslots: [{ ...recovery, scheme: { name: "slip39", threshold: 0, count: 3 } }] }],
  ["17 shares", { ...sound, keyslots: [{ ...recovery, scheme: { name: "slip39", threshold: 2, count: 17 } }] }],
  [
    "another way of sharing",
    { ...sound, keyslots: [{ ...recovery, scheme: { name: "ssss", threshold: 2, count: 3 } }] },
  ],
  ["a token's keyslot without its token", { ...sound, keyslots: [{ ...tokenSlot, token: undefined }] }],
  ["a token's keyslot with an unknown member", { ...sound, keyslots: [{ ...tokenSlot, pin: "1234" }] }],
  ["a token's keyslot with costs and no passphrase", { ...sound, keyslots: [{ ...tokenSlot, kdf }] }],
  ["a token's keyslot that lacks its costs", { ...sound, keyslots: [{ ...bothSlot, kdf: undefined }] }],
  [
    "a token's keyslot with a downgraded cost",
    { ...sound, keyslots: [slot, { ...bothSlot, kdf: { ...kdf, passes: 1, memoryKiB: 8 } }] },
  ],
  [
    "a token's keyslot with a cost beyond reason",
    { ...sound, keyslots: [{ ...bothSlot, kdf: { ...kdf, memoryKiB: 2 ** 32 } }] },
  ],
  ["a token's URI that is another's", withBinding({ uri: "https://example.org" })],
  ["a token's URI with a PIN", withBinding({ uri: `${uri}?pin-value=1234` })],
  ["a token's URI with a PIN in a file", withBinding({ uri: `${uri}?pin-source=/etc/passwd` })],
  ["a token's URI that names no key", withBinding({ uri: uri.replace(";id=%01", "") })],
  ["a token's URI that names no serial", withBinding({ uri: uri.replace(";serial=1", "") })],
  ["a token's URI that is over-long", withBinding({ uri: `${uri};object=${"x".repeat(3000)}` })],
  ["a token's public key that is no base64", withBinding({ publicKey: "!!!!" })],
  ["a token's public key without padding", withBinding({ publicKey: `${publicKey.replace(/=+$/, "")}A` })],
  ["a token's scheme that is weaker", withBinding({ scheme: "rsa-pkcs1" })],
  ["a token's scheme that is none", withBinding({ scheme: null })],
  ["what a token is given as a number", withBinding({ encapsulated: 7 })],
  ["a token's binding with an unknown member", withBinding({ mechanism: "0x1050" })],
  ["a MAC of 31 bytes", { ...sound, mac: Buffer.alloc(31).toString("base64") }],
  ["a MAC of 33 bytes", { ...sound, mac: Buffer.alloc(33).toString("base64") }],
  ["an empty MAC", { ...sound, mac: "" }],
  ["a pending rekey without what it needs", { ...sound, pendingRekey: { id } }],
  ["a pending rekey that is true", { ...sound, pendingRekey: true }],
]

function manySlots(count: number): object[] {
  return Array.from({ length: count }, (_, number) => ({
    id: `01890000-0000-7000-8000-0000000001${number.toString(16).padStart(2, "0")}`,
    kind: "of tomorrow",
  }))
}

/** Bytes that are not the one spelling of a JSON document. */
const wrongSpellings: readonly (readonly [what: string, bytes: string | Uint8Array])[] = [
  ["nothing", ""],
  ["one byte", "{"],
  ["null", "null"],
  ["a list", text([sound])],
  ["a text", text(text(sound))],
  ["a number with more digits than there are", "1e999"],
  ["white space only", " \n\t "],
  ["a byte-order mark", `\uFEFF${text(sound)}`],
  ["UTF-16", Buffer.from(text(sound), "utf16le")],
  ["a byte that is not UTF-8", Buffer.concat([Buffer.from(text(sound)), Buffer.from([0xff])])],
  ["trailing bytes", `${text(sound)}x`],
  ["a second document", `${text(sound)}${text(sound)}`],
  ["a trailing NUL", `${text(sound)}\0`],
  ["a trailing comma", text(sound).replace(/}$/, ",}")],
  ["a comment", text(sound).replace(/}$/, "/* */}")],
  ["a member twice, alike", text(sound).replace("{", '{"version":1,')],
  ["a member twice, unlike", text(sound).replace('"version":1', '"version":2,"version":1')],
  ["a member twice, deep inside", text(sound).replace('"passes":1000', '"passes":1,"passes":1000')],
  ["a number in another spelling", text(sound).replace('"version":1', '"version":1.0')],
  ["a number with an exponent", text(sound).replace('"pageSize":4096', '"pageSize":4.096e3')],
  ["a text in another spelling", text(sound).replace("claviger-vault", "\\u0063laviger-vault")],
  ["a name in another spelling", text(sound).replace('"mac"', '"\\u006dac"')],
  ["__proto__", text(sound).replace("{", '{"__proto__":{"version":1},')],
  ["100,000 brackets", `${"[".repeat(30_000)}${"]".repeat(30_000)}`],
  ["100,000 braces", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
  ["over 64 KiB", text({ ...sound, label: "x".repeat(66_000) })],
]

let vault: TestVault
let memoryBefore: number

beforeAll(async () => {
  vault = await TestVault.create()
  vault.lock()
})

afterAll(() => vault[Symbol.dispose]())

beforeEach(() => {
  memoryBefore = process.memoryUsage().rss
})

async function refusalOf(bytes: string | Uint8Array): Promise<{ code: string; detail?: string; ms: number }> {
  for (const name of ["vault.json", "vault.json.2"]) writeFileSync(`${vault.path}/${name}`, bytes)
  const start = processorMs()
  const failure = await vault.unlockRefusal()
  return { ...failure, ms: processorMs() - start }
}

/** 200 MB is what a refusal may take; a derivation with these costs would take 4 GiB. */
function expectCheap(ms: number): void {
  expect(ms).toBeLessThan(2000)
  expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(200 * 1024 * 1024)
  expect(vault.bugs).toEqual([])
}

test("the corpus is large", () => {
  expect(wrongMembers.length + wrongSpellings.length).toBeGreaterThan(60)
})

test("the header that all others are made of is sound", () => {
  expect(parseHeader(Buffer.from(text(sound))).keyslots).toHaveLength(4)
})

test.for([
  [text({ ...sound, compression: "deflate" }), "vault.json: holds a field that is not known"],
  [text(withKdf({ memoryKiB: "65536" })), "vault.json: keyslots.0: is of a known kind, but malformed"],
  [text({ ...sound, keyslots: [slot, { ...recovery, id }] }), "vault.json: keyslots: two keyslots have one id"],
  [text({ ...sound, label: "x".repeat(66_000) }), "vault.json: over 64 KiB"],
  ["{", "vault.json: not JSON"],
])("what is wrong with a header is said in words, case %#", async ([header = "", expected]) => {
  expect((await refusalOf(header)).detail).toBe(expected)
})

test.for(wrongMembers)("a header in which %s is refused before anything is derived", async ([, header]) => {
  const { code, ms } = await refusalOf(text(header))
  expect(["VAULT_CORRUPT", "INTEGRITY_FAILED"]).toContain(code)
  expectCheap(ms)
})

test.for(wrongSpellings)("a header that is %s is refused before anything is derived", async ([, bytes]) => {
  const { code, ms } = await refusalOf(bytes)
  expect(code).toBe("VAULT_CORRUPT")
  expectCheap(ms)
})

test("a header of 4 GiB is refused without being read", async () => {
  for (const name of ["vault.json", "vault.json.2"]) truncateSync(`${vault.path}/${name}`, 4 * 1024 ** 3)
  const start = processorMs()
  expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_CORRUPT" })
  expectCheap(processorMs() - start)
})

test("a header cut off anywhere is refused", { timeout: 120_000 }, async () => {
  const whole = text(sound)
  for (let length = 0; length < whole.length; length += 41) {
    const { code } = await refusalOf(whole.slice(0, length))
    expect(code).toBe("VAULT_CORRUPT")
  }
  expectCheap(0)
})

test("a header of a newer version is refused as that, and keeps its bytes", async () => {
  const newer = text({ format: "claviger-vault", version: 2, whatever: ["comes"] })
  const { code, ms } = await refusalOf(newer)
  expect(code).toBe("UNSUPPORTED_VERSION")
  expectCheap(ms)
  expect(readFileSync(`${vault.path}/vault.json`, "utf8")).toBe(newer)
})

/** Parses, or refuses as it should. */
function outcomeOf(bytes: Uint8Array): string {
  try {
    parseHeader(bytes)
    return "parsed"
  } catch (error) {
    if (error instanceof VaultError) return error.code
    throw error
  }
}

test("any bytes parse or are refused as damaged", () => {
  const wild = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((json) => new Uint8Array(Buffer.from(json))),
  )
  fc.assert(fc.property(wild, (bytes) => outcomeOf(bytes) === "VAULT_CORRUPT"))
})

test("a sound header with any piece of it replaced parses or is refused as damaged or newer", () => {
  const bytes = Buffer.from(text(sound))
  const piece = fc.uint8Array({ maxLength: 6 })
  const place = fc.nat({ max: bytes.length })
  fc.assert(
    fc.property(place, fc.nat({ max: 8 }), piece, (at, lost, put) => {
      const mutated = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + lost)])
      return ["parsed", "VAULT_CORRUPT", "UNSUPPORTED_VERSION"].includes(outcomeOf(mutated))
    }),
    { numRuns: 2000 },
  )
})

test("a member of any kind in the place of another parses or is refused as damaged or newer", () => {
  const names = fc.constantFrom(...Object.keys(sound))
  fc.assert(
    fc.property(names, fc.jsonValue(), (name, value) =>
      ["parsed", "VAULT_CORRUPT", "UNSUPPORTED_VERSION"].includes(
        outcomeOf(Buffer.from(text({ ...sound, [name]: value }))),
      ),
    ),
  )
})

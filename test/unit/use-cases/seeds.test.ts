import { afterEach, beforeEach, expect, test } from "vitest"
import { openAge } from "../../../main/crypto/age/age-stream.ts"
import { sourceOf } from "../../../main/crypto/age/byte-source.ts"
import { passphraseIdentity } from "../../../main/crypto/age/scrypt-stanza.ts"
import { collected } from "../../../main/crypto/age/whole-file.ts"
import type { RequestOf } from "../../../preload/contract/index.ts"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

/** The phrase and first addresses of BIP-84's, BIP-86's and BIP-49's own test vectors' mnemonic. */
const abandon = `${"abandon ".repeat(11)}about`
const firstReceiving = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: Date.UTC(2026, 2, 1) })
})

afterEach(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()
const consent = () => ({ passphrase: passphrase(), confirmed: true })

function importPhrase(more: Partial<RequestOf<"seed.import">> = {}) {
  return vault.ask("seed.import", { name: "savings", file: utf8(abandon), ...more })
}

async function logged(action: string) {
  return (await vault.ask("audit.list", { action })).rows
}

async function wordsOf(name: string): Promise<string> {
  return text((await vault.ask("seed.reveal", { name, ...consent() })).revealed)
}

test("a seed is told of by its fingerprint and how many words it has, never by the words", async () => {
  const made = await vault.ask("seed.generate", { name: "savings", words: 18 })
  expect(made).toEqual({
    name: "savings",
    id: made.id,
    fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/),
    words: 18,
    language: "english",
    state: "active",
    version: 1,
  })
  expect(await vault.ask("key.show", { name: "savings" })).toMatchObject({
    algorithm: "bip39-18",
    purpose: "wallet",
    keyring: "wallets",
    exportable: "wrapped",
    fingerprints: null,
  })
  expect((await vault.ask("seed.list", {})).seeds).toMatchObject([{ name: "savings", words: 18 }])
})

test("two generated seeds have different words, which their copies are compared with", async () => {
  await vault.ask("seed.generate", { name: "one", words: 12 })
  await vault.ask("seed.generate", {
    name: "two",
    words: 12,
    dice: utf8("316254 235416 614325 526341 113562 ".repeat(4)),
  })
  const [one, two] = [await wordsOf("one"), await wordsOf("two")]
  expect(one).not.toBe(two)
  expect(one.split(" ")).toHaveLength(12)
  expect(await vault.ask("seed.verify", { name: "one", copy: utf8(`${one}\n`) })).toEqual({ matches: true })
})

test("a written copy that differs is told by the places, and logged", async () => {
  await importPhrase()
  const copy = utf8(abandon.replace("abandon abandon", "zoo abandon"))
  expect(await vault.ask("seed.verify", { name: "savings", copy })).toEqual({ matches: false, wrongPositions: [1] })
  expect((await logged("seed.verify")).at(-1)?.detail).toMatchObject({ matches: false })
})

test("showing needs a confirmation and the passphrase once more, and is logged first", async () => {
  await importPhrase()
  const ask = (more: Partial<RequestOf<"seed.reveal">>) =>
    vault.refusal("seed.reveal", { name: "savings", ...consent(), ...more })
  expect((await ask({ confirmed: false })).code).toBe("CONFIRMATION_REQUIRED")
  expect((await ask({ passphrase: passphrase("wrong") })).code).toBe("WRONG_PASSPHRASE")
  expect(await wordsOf("savings")).toBe(abandon)
  expect((await logged("seed.reveal")).map(({ outcome }) => outcome)).toEqual(["denied", "done"])
})

test("a seed that never leaves is not shown, split, exported nor given children of", async () => {
  await importPhrase({ exportable: "never" })
  const name = "savings"
  const plan = { groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] }
  const protection = { kind: "passphrase", passphrase: passphrase() } as const
  const refusals = [
    await vault.refusal("seed.reveal", { name, ...consent() }),
    await vault.refusal("seed.split", { name, plan, ...consent() }),
    await vault.refusal("seed.child", { name, child: { kind: "hex" }, ...consent() }),
    await vault.refusal("seed.export", { name, protection }),
  ]
  expect(refusals.map(({ code }) => code)).toEqual(Array(4).fill("POLICY_DENIED"))
})

test("addresses are those of the standards' own vectors, and each is remembered", async () => {
  await importPhrase()
  const listed = await vault.ask("seed.addresses", { name: "savings", standard: "bip84", count: 2 })
  expect(listed).toEqual({
    path: "m/84'/0'/0'",
    fingerprint: "73c5da0a",
    addresses: [
      { path: "m/84'/0'/0'/0/0", address: firstReceiving },
      { path: "m/84'/0'/0'/0/1", address: "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g" },
    ],
  })
  const { moveFrom } = await vault.ask("seed.rotate", { name: "savings" })
  expect(moveFrom).toMatchObject(
    listed.addresses.map((address) => ({ ...address, standard: "bip84", fingerprint: "73c5da0a" })),
  )
})

test("each BIP-39 passphrase opens another wallet, told by its fingerprint", async () => {
  await importPhrase()
  const ask = (text?: string) =>
    vault.ask("seed.addresses", {
      name: "savings",
      standard: "bip84",
      count: 1,
      ...(text === undefined ? {} : { bip39Passphrase: passphrase(text) }),
    })
  const [plain, hidden, hiddenAgain] = [await ask(), await ask("hidden"), await ask("hidden")]
  expect(plain.addresses[0]?.address).toBe(firstReceiving)
  expect(hidden.fingerprint).not.toBe(plain.fingerprint)
  expect(hidden.addresses).not.toEqual(plain.addresses)
  expect(hiddenAgain).toEqual(hidden)
})

test("the account's key is BIP-84's own vector's, with descriptors that others import", async () => {
  await importPhrase()
  const { xpub, descriptor } = await vault.ask("seed.xpub", { name: "savings", standard: "bip84" })
  expect(xpub).toBe(
    "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs",
  )
  expect(descriptor).toMatch(/^wpkh\(\[73c5da0a\/84h\/0h\/0h\]xpub[^/]+\/<0;1>\/\*\)#[0-9a-z]{8}$/)
  expect((await vault.ask("seed.xpub", { name: "savings", path: "m/0'/1" })).path).toBe("m/0'/1")
  expect((await vault.refusal("seed.xpub", { name: "savings" })).code).toBe("INVALID_INPUT")
})

test("a rotated seed is watched on, and shown to move from it", async () => {
  await importPhrase()
  const { version, fingerprint } = await vault.ask("seed.rotate", { name: "savings", reason: "seen by others" })
  expect([version, fingerprint === "73c5da0a"]).toEqual([2, false])
  const old = await vault.ask("seed.addresses", { name: "savings", version: 1, standard: "bip84", count: 1 })
  expect(old.addresses[0]?.address).toBe(firstReceiving)
  expect(text((await vault.ask("seed.reveal", { name: "savings", version: 1, ...consent() })).revealed)).toBe(abandon)
})

test("a destroyed seed leaves its fingerprint and public keys: it is watched on, and opened never again", async () => {
  await importPhrase()
  const reason = "moved everything"
  const { certificate } = await vault.ask("seed.destroy", { name: "savings", reason, confirmed: true })
  expect(certificate.versions).toEqual([{ version: 1, fingerprint: "73c5da0a" }])
  const watched = await vault.ask("seed.addresses", { name: "savings", standard: "bip84", count: 1 })
  expect(watched.addresses[0]?.address).toBe(firstReceiving)
  for (const refused of [
    await vault.refusal("seed.reveal", { name: "savings", ...consent() }),
    await vault.refusal("seed.addresses", { name: "savings", standard: "bip84", account: 7 }),
  ]) {
    expect(refused.code).toBe("STATE_DENIED")
  }
})

test("shares of a seed, in groups, give it back; too few do not", async () => {
  await importPhrase()
  const plan = {
    groupThreshold: 2,
    groups: [
      { threshold: 1, count: 1 },
      { threshold: 2, count: 3 },
    ],
  }
  const { shares } = await vault.ask("seed.split", { name: "savings", plan, ...consent() })
  const [[own], [first, , third]] = [shares[0] ?? [], shares[1] ?? []]
  const copies = (given: readonly (Uint8Array | undefined)[]) => given.map((share) => utf8(text(share)))
  const combined = await vault.ask("seed.combine", { name: "combined", shares: copies([own, first, third]) })
  expect(combined.fingerprint).toBe("73c5da0a")
  expect(await wordsOf("combined")).toBe(abandon)
  expect((await vault.refusal("seed.combine", { name: "few", shares: copies([own, first]) })).code).toBe("WRONG_SHARES")
})

test("no child of a seed is given twice, unless it is asked for by a number that was not given", async () => {
  await importPhrase()
  const ask = (index?: number) =>
    vault.ask("seed.child", {
      name: "savings",
      child: { kind: "hex", bytes: 32 },
      ...consent(),
      ...(index === undefined ? {} : { index }),
    })
  expect([(await ask()).index, (await ask()).index, (await ask(7)).index, (await ask()).index]).toEqual([0, 1, 7, 8])
  const again = { name: "savings", child: { kind: "hex", bytes: 32 }, index: 1, ...consent() } as const
  expect((await vault.refusal("seed.child", again)).code).toBe("ALREADY_EXISTS")
  const other = await vault.ask("seed.child", { name: "savings", child: { kind: "wif" }, ...consent() })
  expect(other.index).toBe(0)
})

test("a child phrase is kept as a seed of its own", async () => {
  await importPhrase()
  const made = await vault.ask("seed.child", { name: "savings", child: { kind: "bip39" }, as: "child", ...consent() })
  expect(made).toMatchObject({ path: "m/83696968'/39'/0'/12'/0'", seed: { name: "child", words: 12 } })
  expect(made.child).toBeUndefined()
  expect(await vault.ask("key.show", { name: "child" })).toMatchObject({ origin: "derived", purpose: "wallet" })
})

test("an export opens with the passphrase it was made under, and with it alone", async () => {
  await importPhrase()
  const protection = { kind: "passphrase", passphrase: passphrase("of the export") } as const
  const { exported } = await vault.ask("seed.export", { name: "savings", protection })
  using opened = await openAge(sourceOf([exported]), [passphraseIdentity(utf8("of the export"))])
  if (opened === null) throw new Error("it does not open")
  using words = await collected(opened.plaintext())
  expect(text(words.bytes)).toBe(abandon)
  expect(await openAge(sourceOf([exported]), [passphraseIdentity(utf8("another"))])).toBeNull()
})

test("no other way leads a seed out of the vault, or makes one without its words", async () => {
  await importPhrase({ exportable: "yes" })
  await vault.generate("kek", { purpose: "key-wrapping" })
  const protection = { kind: "plaintext", ...consent() } as const
  const refusals = [
    await vault.refusal("key.export", { name: "savings", format: "raw", protection }),
    await vault.refusal("key.wrap", { name: "kek", secret: { key: "savings" } }),
  ]
  expect(refusals.map(({ code }) => code)).toEqual(["POLICY_DENIED", "POLICY_DENIED"])
  expect(await vault.refusal("key.rotate", { name: "savings" })).toMatchObject({
    code: "INVALID_INPUT",
    detail: "savings is a seed: seed rotate",
  })
})

test("seeds and other keys do not share a keyring", async () => {
  await vault.ask("keyring.create", { name: "cold", purpose: "wallet" })
  await importPhrase({ keyring: "cold" })
  const refusals = [
    await vault.refusal("seed.generate", { name: "another", keyring: "personal" }),
    await vault.refusal("key.generate", { name: "key", algorithm: "aes-256", keyring: "cold" }),
  ]
  expect(refusals).toMatchObject(
    Array(2).fill({ code: "POLICY_DENIED", detail: expect.stringContaining("keyring-purpose") }),
  )
})

test("a seed that is here already is taken, and the one that is there is named", async () => {
  expect(await importPhrase({ name: "first" })).not.toHaveProperty("warnings")
  const { warnings } = await importPhrase({ name: "second" })
  expect(warnings).toEqual(["a seed of this fingerprint is here already, named first"])
})

test("a misspelt phrase is refused by the place of the word, and the word is nowhere in the answer", async () => {
  const refused = await vault.refusal("seed.import", {
    name: "savings",
    file: utf8(abandon.replace("about", "xylophonist")),
  })
  expect(refused).toMatchObject({ code: "INVALID_INPUT", detail: expect.stringContaining("12") })
  expect(JSON.stringify([refused, await logged("seed.import")])).not.toContain("xyl")
})

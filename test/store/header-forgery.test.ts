import { createHash, createHmac } from "node:crypto"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { canonicalBytes } from "../../main/crypto/canonical-json.ts"
import { processorMs } from "../support/processor-time.ts"
import { internalsOf, type VaultInternals } from "../support/vault-internals.ts"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"

const Slot = z.looseObject({ kdf: z.record(z.string(), z.json()).optional() })
const Header = z.looseObject({ keyslots: z.array(Slot), mac: z.string() })
type Header = z.infer<typeof Header>
type Json = z.core.util.JSONType

let vault: TestVault
let original: Buffer
let internals: VaultInternals
/** A keyslot that the attacker's own passphrase opens, of another vault. */
let foreignSlot: z.infer<typeof Slot>

beforeAll(async () => {
  vault = await TestVault.create({ label: "ours" })
  await vault.ask("vault.slot.add", { newPassphrase: passphrase("second"), kdf: lowMemoryKdf, label: "spare" })
  vault.lock()
  original = readFileSync(`${vault.path}/vault.json`)
  internals = await internalsOf(vault.path)
  using other = await TestVault.create()
  const [slot] = Header.parse(JSON.parse(readFileSync(`${other.path}/vault.json`, "utf8"))).keyslots
  foreignSlot = Slot.parse(slot)
})

afterAll(() => vault[Symbol.dispose]())

beforeEach(() => {
  put(original)
  // Wrong tries would make each test wait longer than the one before.
  rmSync(`${vault.configDirectory}/attempts`, { recursive: true, force: true })
})

function put(bytes: Uint8Array): void {
  for (const name of ["vault.json", "vault.json.2"]) writeFileSync(`${vault.path}/${name}`, bytes)
}

function header(): Header {
  return Header.parse(JSON.parse(original.toString("utf8")))
}

function bodyOf({ mac: _, ...body }: Header): Buffer {
  return Buffer.from(canonicalBytes(z.record(z.string(), z.json()).parse(body)))
}

/** Checksums that somebody who knows the format, but no key, can compute. */
const checksums: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  "as it was": () => Buffer.from(header().mac, "base64"),
  "SHA-256": (body) => createHash("sha256").update(body).digest(),
  "HMAC with no key": (body) => createHmac("sha256", "").update(body).digest(),
  "HMAC with zeros": (body) => createHmac("sha256", Buffer.alloc(32)).update(body).digest(),
  "all zeros": () => Buffer.alloc(32),
}

type Edit = readonly [what: string, edit: (header: Header) => object, code: string]

const edits: readonly Edit[] = [
  ["a new label", () => ({ label: "theirs" }), "INTEGRITY_FAILED"],
  ["another creation time", () => ({ createdAt: "2020-01-01T00:00:00.000Z" }), "INTEGRITY_FAILED"],
  ["a keyslot less", ({ keyslots }) => ({ keyslots: keyslots.slice(0, 1) }), "INTEGRITY_FAILED"],
  ["the keyslots in another order", ({ keyslots }) => ({ keyslots: keyslots.toReversed() }), "INTEGRITY_FAILED"],
  ["a keyslot of another vault", ({ keyslots }) => ({ keyslots: [...keyslots, foreignSlot] }), "INTEGRITY_FAILED"],
  [
    "a keyslot of tomorrow",
    ({ keyslots }) => ({ keyslots: [...keyslots, { id: crypto.randomUUID(), kind: "of tomorrow" }] }),
    "INTEGRITY_FAILED",
  ],
  [
    "other labels of keyslots",
    ({ keyslots }) => ({ keyslots: keyslots.map((slot) => ({ ...slot, label: "x" })) }),
    "WRONG_PASSPHRASE",
  ],
  ["another vault's id", () => ({ vaultId: crypto.randomUUID() }), "WRONG_PASSPHRASE"],
  ["cheaper, allowed costs", ({ keyslots }) => ({ keyslots: withCosts(keyslots, { passes: 3 }) }), "WRONG_PASSPHRASE"],
]

function withCosts(keyslots: Header["keyslots"], changed: Record<string, Json>): Header["keyslots"] {
  return keyslots.map((slot) => ({ ...slot, kdf: { ...slot.kdf, ...changed } }))
}

test.for(edits.flatMap((edit) => Object.keys(checksums).map((checksum) => [...edit, checksum] as const)))(
  "a header with %s is refused, with a MAC that is %s",
  async ([, edit, code, checksum]) => {
    const before = header()
    const edited = { ...before, ...edit(before) }
    const mac = checksums[checksum]?.(bodyOf(edited)).toString("base64")
    put(Buffer.from(JSON.stringify({ ...edited, mac })))
    expect(await vault.unlockRefusal()).toMatchObject({ code })
  },
)

test("an edit opens with the MAC that only the master key gives", async () => {
  const before = header()
  const edited = { ...before, label: "theirs" }
  const mac = createHmac("sha256", internals.keys.headerMac).update(bodyOf(edited)).digest("base64")
  put(Buffer.from(JSON.stringify({ ...edited, mac })))
  using copy = TestVault.copyOf(vault)
  await copy.unlock()
  expect((await copy.ask("vault.info", { path: copy.path })).label).toBe("theirs")
})

const salt = (bytes: number) => Buffer.alloc(bytes).toString("base64")

const weakCosts: readonly (readonly [what: string, costs: Record<string, Json>])[] = [
  ["8 KiB and one pass", { memoryKiB: 8, passes: 1, lanes: 1 }],
  ["no memory at all", { memoryKiB: 0, passes: 3, lanes: 4 }],
  ["a KiB less than the floor", { memoryKiB: 19_455 }],
  ["a pass less than the floor", { passes: 1 }],
  ["no lane", { lanes: 0 }],
  ["an empty salt", { salt: "" }],
  ["a salt of 15 bytes", { salt: salt(15) }],
]

const absurdCosts: readonly (readonly [what: string, costs: Record<string, Json>])[] = [
  ["4 TiB", { memoryKiB: 2 ** 32 }],
  ["a KiB more than 4 GiB", { memoryKiB: 4 * 1024 ** 2 + 1 }],
  ["2^31 passes", { passes: 2 ** 31 }],
  ["1,001 passes", { passes: 1001 }],
  ["2^24 lanes", { lanes: 2 ** 24, memoryKiB: 4 * 1024 ** 2 }],
  ["a salt of 65 bytes", { salt: salt(65) }],
]

/** Refused at once: even the cheapest allowed derivation takes longer than this test lets a refusal take. */
async function expectRefusedAtOnce(costs: Record<string, Json>): Promise<string | undefined> {
  const before = header()
  put(Buffer.from(JSON.stringify({ ...before, keyslots: withCosts(before.keyslots, costs) })))
  const memoryBefore = process.memoryUsage().rss
  const start = processorMs()
  const { code, detail } = await vault.unlockRefusal()
  expect(processorMs() - start).toBeLessThan(1000)
  expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(100 * 1024 * 1024)
  expect(code).toBe("INTEGRITY_FAILED")
  return detail
}

test.for(weakCosts)("costs of %s are refused before deriving, as weaker than allowed", async ([, costs]) => {
  const headerBefore = header()
  expect(await expectRefusedAtOnce(costs)).toMatch(/weaker than allowed/)
  // Nothing is raised silently either.
  expect(Header.parse(JSON.parse(readFileSync(`${vault.path}/vault.json`, "utf8"))).mac).toBe(headerBefore.mac)
})

test("the low-memory costs without the recorded choice are refused as weaker than allowed", async () => {
  const before = header()
  const keyslots = before.keyslots.map(({ kdf, ...slot }) => {
    const { lowMemory: _, ...costs } = kdf ?? {}
    return { ...slot, kdf: costs }
  })
  put(Buffer.from(JSON.stringify({ ...before, keyslots })))
  expect((await vault.unlockRefusal()).detail).toMatch(/weaker than allowed/)
})

test.for(absurdCosts)("costs of %s are refused before deriving, as beyond the ceiling", async ([, costs]) => {
  expect(await expectRefusedAtOnce(costs)).toMatch(/beyond the ceiling/)
})

test("a salt that makes the header over 64 KiB is refused without being decoded", async () => {
  const before = header()
  put(Buffer.from(JSON.stringify({ ...before, keyslots: withCosts(before.keyslots, { salt: salt(100_000) }) })))
  expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_CORRUPT" })
})

test.for(["pbkdf2", "scrypt", "argon2i", "argon2d", "none"])("a keyslot by %s is refused", async (name) => {
  const before = header()
  put(Buffer.from(JSON.stringify({ ...before, keyslots: withCosts(before.keyslots, { name, iterations: 1 }) })))
  expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_CORRUPT" })
})

test("weak costs in the header of a backup are refused before deriving", async () => {
  await vault.unlock()
  const out = `${vault.folder}/weak.clvbackup`
  await vault.ask("vault.backup", { out })
  vault.lock()
  const bytes = readFileSync(out)
  const cheaper = Buffer.from(bytes.toString("latin1").replaceAll('"passes":2', '"passes":1'), "latin1")
  expect(cheaper.equals(bytes)).toBe(false)
  writeFileSync(out, cheaper)
  const to = `${vault.folder}/restored.claviger`
  const { code, detail } = await vault.refusal("vault.restore", { file: out, to, passphrase: passphrase() })
  expect(code).toBe("INTEGRITY_FAILED")
  expect(detail).toMatch(/weaker than allowed/)
})

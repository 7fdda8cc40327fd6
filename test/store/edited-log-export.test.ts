import { createHash, generateKeyPairSync, sign } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { canonicalJson } from "../../main/crypto/canonical-json.ts"
import type { OutputOf } from "../../preload/contract/index.ts"
import { TestVault, temporaryFolder, utf8 } from "../support/vaults.ts"

/** Another machine, on which there is no vault. */
let auditor: TestVault
let lines: string[]
let signer: string
let rows: number

beforeAll(async () => {
  using vault = await TestVault.create()
  for (let number = 1; number <= 6; number++) await vault.generate(`key ${number}`)
  const out = join(vault.folder, "log.jsonl")
  const exported = await vault.ask("audit.export", { out })
  signer = exported.signer
  rows = exported.rows
  lines = readFileSync(out, "utf8").trimEnd().split("\n")
  expect((await vault.ask("vault.info", { path: vault.path })).auditKey).toBe(signer)
  auditor = new TestVault(temporaryFolder())
})

afterAll(() => auditor[Symbol.dispose]())

function verified(edited: readonly string[], by?: string): Promise<OutputOf<"audit.verify-export">> {
  const file = join(auditor.folder, "export.jsonl")
  writeFileSync(file, edited.map((line) => `${line}\n`).join(""))
  return auditor.ask("audit.verify-export", { file, ...(by === undefined ? {} : { signer: by }) })
}

const Line = z.object({
  row: z.looseObject({ seq: z.int(), actor: z.string() }),
  prevHash: z.string(),
  hash: z.string(),
})
const Trailer = z.object({ trailer: z.record(z.string(), z.json()), signature: z.string() })

const line = (number: number) => lines[number - 1] ?? ""
const without = (number: number) => lines.toSpliced(number - 1, 1)
const replaced = (number: number, by: string) => lines.with(number - 1, by)

test("an export is verified without its vault, and names who signed it", async () => {
  const report = await verified(lines)
  expect(report).toMatchObject({ ok: true, rows, signer })
  expect(lines).toHaveLength(rows + 1)
  expect(await verified(lines, signer)).toMatchObject({ ok: true })
})

test("an export that is no file is verified as well", async () => {
  const content = utf8(lines.map((each) => `${each}\n`).join(""))
  expect(await auditor.ask("audit.verify-export", { content, signer })).toMatchObject({ ok: true, rows, signer })
  const cut = utf8(without(4).join("\n"))
  expect(await auditor.ask("audit.verify-export", { content: cut })).toMatchObject({ ok: false, firstBad: 4 })
})

test("without a file the export comes back as bytes, and is logged", async () => {
  using vault = await TestVault.create()
  const { exported = new Uint8Array(0), ...about } = await vault.ask("audit.export", {})
  expect(await auditor.ask("audit.verify-export", { content: exported })).toMatchObject({ ok: true, ...about })
  const { rows: logged } = await vault.ask("audit.list", { newest: true, limit: 1 })
  expect(logged).toMatchObject([{ action: "audit.export", target: null }])
})

test("a deleted row is named", async () => {
  for (const number of [1, 4]) expect(await verified(without(number))).toMatchObject({ ok: false, firstBad: number })
  expect(await verified(without(rows))).toMatchObject({ ok: false, firstBad: rows })
})

test("rows in another order are named", async () => {
  expect(await verified(replaced(4, line(5)).with(4, line(4)))).toMatchObject({ ok: false, firstBad: 4 })
})

test("a row twice is named", async () => {
  expect(await verified(lines.toSpliced(4, 0, line(4)))).toMatchObject({ ok: false, firstBad: 5 })
})

const edits = [
  ["seq", '"seq":4', '"seq":5'],
  ["time", '"at":"2', '"at":"1'],
  ["actor", '"tester"', '"victor"'],
  ["action", '"key.generate"', '"key.import"'],
  ["target", '"target":"key', '"target":"kee'],
  ["outcome", '"done"', '"denied"'],
  ["detail", '"generation":4', '"generation":9'],
  ["previous hash", '"prevHash":"', '"prevHash":"A'],
  ["hash", '"hash":"', '"hash":"A'],
] as const

test.for(edits)("a row whose %s was edited is named", async ([, from, to]) => {
  expect(line(4)).toContain(from)
  expect(await verified(replaced(4, line(4).replace(from, to)))).toMatchObject({ ok: false, firstBad: 4 })
})

test("a cut-off export is named as that", async () => {
  const { ok, reason } = await verified(lines.slice(0, -1))
  expect(ok).toBe(false)
  expect(reason).toMatch(/cut off/)
  expect(await verified([])).toMatchObject({ ok: false, firstBad: 1 })
})

test("rows that lack at the end, before a trailer that was kept, are noticed", async () => {
  const { ok, firstBad, reason } = await verified(lines.toSpliced(rows - 2, 2))
  expect({ ok, firstBad }).toEqual({ ok: false, firstBad: rows - 1 })
  expect(reason).toMatch(/missing at the end/)
})

test("rows behind the trailer are noticed", async () => {
  expect(await verified([...lines, line(1)])).toMatchObject({ ok: false, reason: "lines follow the trailer" })
})

test("garbage in a line is named", async () => {
  for (const garbage of ["", "{}", "null", "not JSON", "[]", `${line(4)}x`]) {
    expect(await verified(replaced(4, garbage))).toMatchObject({ ok: false, firstBad: 4 })
  }
})

test("a line without end is refused, not read without end", async () => {
  const file = join(auditor.folder, "long.jsonl")
  writeFileSync(file, "x".repeat(2 * 1024 * 1024))
  expect(await auditor.refusal("audit.verify-export", { file })).toMatchObject({ code: "INVALID_INPUT" })
})

/** Every hash from the edited row on made right again. */
function forgedRows(): string[] {
  let previous = Buffer.alloc(32)
  return lines.slice(0, -1).map((text) => {
    const { row } = Line.parse(JSON.parse(text))
    const body = canonicalJson(z.record(z.string(), z.json()).parse({ ...row, actor: row.seq < 4 ? row.actor : "eve" }))
    const hash = createHash("sha256").update(previous).update(body).digest()
    const forged = `{"row":${body},"prevHash":"${previous.toString("base64")}","hash":"${hash.toString("base64")}"}`
    previous = hash
    return forged
  })
}

test("recomputed hashes do not fit the trailer", async () => {
  expect(await verified([...forgedRows(), lines.at(-1) ?? ""])).toMatchObject({ ok: false })
})

test("a trailer made to fit them is not signed", async () => {
  const forged = forgedRows()
  const { trailer, signature } = Trailer.parse(JSON.parse(lines.at(-1) ?? ""))
  const { hash } = Line.parse(JSON.parse(forged.at(-1) ?? ""))
  const fitting = { trailer: { ...trailer, head: { seq: rows, hash } }, signature }
  const { ok, reason } = await verified([...forged, JSON.stringify(fitting)])
  expect(ok).toBe(false)
  expect(reason).toMatch(/signature/)
})

test("a trailer that somebody else signed has another signer, and is refused where the signer is known", async () => {
  const forged = forgedRows()
  const { trailer } = Trailer.parse(JSON.parse(lines.at(-1) ?? ""))
  const { hash } = Line.parse(JSON.parse(forged.at(-1) ?? ""))
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64")
  const theirs = { ...trailer, head: { seq: rows, hash }, publicKey: spki }
  const signature = sign(null, Buffer.from(canonicalJson(theirs)), privateKey).toString("base64")
  const edited = [...forged, JSON.stringify({ trailer: theirs, signature })]
  const { ok, reason } = await verified(edited, signer)
  expect(ok).toBe(false)
  expect(reason).toMatch(/another audit key/)
  const unknown = await verified(edited)
  expect(unknown.signer).not.toBe(signer)
})

test.for(["vaultId", "exportedAt", "rows", "format", "v"])(
  "a trailer whose %s was edited is refused",
  async (field) => {
    const { trailer, signature } = Trailer.parse(JSON.parse(lines.at(-1) ?? ""))
    const other = { vaultId: crypto.randomUUID(), exportedAt: "2020-01-01T00:00:00.000Z", rows: 1, format: "x", v: 2 }
    const edited = { ...trailer, ...Object.fromEntries(Object.entries(other).filter(([name]) => name === field)) }
    expect(await verified(replaced(lines.length, JSON.stringify({ trailer: edited, signature })))).toMatchObject({
      ok: false,
    })
  },
)

test("an export does not replace a file unless it is told to", async () => {
  using vault = await TestVault.create()
  const out = join(vault.folder, "log.jsonl")
  writeFileSync(out, "precious")
  expect(await vault.refusal("audit.export", { out })).toMatchObject({ code: "ALREADY_EXISTS" })
  expect(readFileSync(out, "utf8")).toBe("precious")
  await vault.ask("audit.export", { out, force: true })
  expect(await auditor.ask("audit.verify-export", { file: out })).toMatchObject({ ok: true })
})

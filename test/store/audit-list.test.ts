import { afterAll, beforeAll, expect, test } from "vitest"
import type { RequestOf } from "../../preload/contract/index.ts"
import { lengthenLog } from "../bench/long-log.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

let vault: TestVault
let rows: number

beforeAll(async () => {
  vault = await TestVault.create()
  for (const name of ["one", "two", "three"]) await vault.generate(name)
  rows = (await vault.ask("audit.verify", {})).rows
})

afterAll(() => vault[Symbol.dispose]())

/** The numbers of the rows, page after page. */
async function pages(request: RequestOf<"audit.list">): Promise<number[][]> {
  const { rows: page, next } = await vault.ask("audit.list", request)
  const others = next === undefined ? [] : await pages({ ...request, cursor: next })
  return [page.map(({ seq }) => seq), ...others]
}

test("the log is listed page by page, from either end", async () => {
  const forward = Array.from({ length: rows }, (_, index) => index + 1)
  for (const limit of [2, rows]) {
    expect((await pages({ limit })).flat()).toEqual(forward)
    expect((await pages({ limit, newest: true })).flat()).toEqual(forward.toReversed())
  }
  expect((await pages({ limit: 2, newest: true }))[0]).toEqual([rows, rows - 1])
})

test("conditions hold in either order", async () => {
  const [forward] = await pages({ action: "key.generate" })
  expect(forward).toHaveLength(3)
  expect(await pages({ action: "key.generate", newest: true })).toEqual([forward?.toReversed()])
})

/** What the rows that meet the conditions did. */
async function actions(request: RequestOf<"audit.list">): Promise<string[]> {
  const { rows: page } = await vault.ask("audit.list", request)
  return page.map(({ action, target }) => `${action} ${target}`)
}

test("rows are found by who did them, how they ended, and to which key", async () => {
  await vault.refusal("key.destroy", { name: "one", reason: "x", confirmed: false })
  await vault.ask("key.suspend", { name: "two", reason: "x" })
  await vault.refusal("key.encrypt", { name: "two", plaintext: new Uint8Array(1) })
  expect(await actions({ outcome: "denied" })).toEqual(["key.encrypt two"])
  expect(await actions({ outcome: "denied", actor: "somebody else" })).toEqual([])
  expect(await actions({ key: "two", outcome: "done", actor: "tester" })).toEqual([
    "key.generate two",
    "key.suspend two",
  ])
})

test("a span of time holds its first moment, and not its last", async () => {
  using other = await TestVault.create({ at: Date.parse("2026-03-01T12:00:00Z") })
  const days = ["2026-03-02", "2026-03-03", "2026-03-04"]
  for (const day of days) {
    other.at = Date.parse(`${day}T00:00:00Z`)
    await other.generate(day)
  }
  const during = async (request: RequestOf<"audit.list">) =>
    (await other.ask("audit.list", { action: "key.generate", ...request })).rows.map(({ target }) => target)
  expect(await during({ since: "2026-03-03" })).toEqual(days.slice(1))
  expect(await during({ until: "2026-03-03" })).toEqual(days.slice(0, 1))
  expect(await during({ since: "2026-03-03", until: "2026-03-04", newest: true })).toEqual(["2026-03-03"])
  expect(await during({ since: "2026-03-05" })).toEqual([])
  expect(await during({ since: "2026-03-02T00:00:00.001Z", newest: true, limit: 1 })).toEqual(["2026-03-04"])
})

test("in a long log a page goes on where the one before it ended, over many rows that are not meant", async () => {
  using other = await TestVault.create()
  other.lock()
  await lengthenLog(other, 9000)
  await other.unlock()
  await other.generate("a new one")
  for (const newest of [false, true]) {
    const made = await other.ask("audit.list", { action: "vault.unlock", newest, limit: 1 })
    expect(made.rows.map(({ seq }) => seq)).toEqual([newest ? 9001 : 2])
    const { rows: rest } = await other.ask("audit.list", { action: "vault.unlock", newest, cursor: made.next ?? "" })
    expect(rest.map(({ seq }) => seq)).toEqual([newest ? 2 : 9001])
  }
})

test("the summary counts who did what, and tells a use of a key that rested for long", async () => {
  using other = await TestVault.create({ at: Date.parse("2026-03-01T12:00:00Z") })
  await other.generate("old")
  await other.ask("key.set", { name: "old", rename: "older" })
  other.at = Date.parse("2026-10-01T12:00:00Z")
  await other.ask("key.encrypt", { name: "older", plaintext: new Uint8Array(1) })
  expect(await other.ask("audit.summary", {})).toEqual({
    rows: 5,
    actors: [{ actor: "tester", rows: 5 }],
    actions: ["vault.create", "vault.unlock", "key.generate", "key.set", "key.encrypt"].map((action) => ({
      action,
      rows: 1,
    })),
    unusual: [
      {
        kind: "long-unused",
        key: "older",
        from: "2026-10-01T12:00:00.000Z",
        to: "2026-10-01T12:00:00.000Z",
        rows: 1,
        reason: "Used for the first time, 214 days after it came into the vault.",
      },
    ],
    unusualCount: 1,
  })
})

/** Lists a log in which somebody with the key of its pages added to the detail of the third row. */
async function listedWith(detail: string) {
  using edited = TestVault.copyOf(vault)
  editDatabase(await internalsOf(edited.path), (db) =>
    db.prepare(`UPDATE audit SET body = replace(body, '"detail":{', '"detail":{' || ?) WHERE seq = 3`).run(detail),
  )
  await edited.unlock()
  const reply = await edited.claviger.dispatch("audit.list", { limit: 3 })
  expect(edited.bugs).toEqual([])
  return reply
}

test.for(['"x":1e999,', '"x":[{"y":-1e999}],'])("a row with a number that is none, %s, is named", async (detail) => {
  expect(await listedWith(detail)).toMatchObject({
    ok: false,
    error: { code: "INTEGRITY_FAILED", detail: "audit row 3" },
  })
})

test("members with the names of JavaScript's own are members like others, and change no object", async () => {
  const reply = await listedWith('"constructor":{"prototype":1},"x":{"__proto__":{"leaves":"none"},"toString":2},')
  expect(reply).toMatchObject({
    ok: true,
    result: { rows: [{}, {}, { detail: { constructor: { prototype: 1 }, x: { toString: 2 } } }] },
  })
  expect(JSON.stringify(reply)).not.toContain("none")
  expect({}).not.toHaveProperty("leaves")
})

import { createHash, createHmac } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import type { VaultDb } from "../../main/store/vault-database.ts"
import { editDatabase, internalsOf, internalsOfCopy, type VaultInternals } from "../support/vault-internals.ts"
import { passphrase, TestVault } from "../support/vaults.ts"

let original: TestVault
let internals: VaultInternals
/** Number of the last row. */
let end: number
/** The log and the state record as they were some changes ago. */
let older: { readonly rows: Row[]; readonly state: string }

const Row = z.object({
  seq: z.int(),
  body: z.string(),
  prev_hash: z.instanceof(Buffer),
  hash: z.instanceof(Buffer),
  mac: z.instanceof(Buffer),
})
type Row = z.infer<typeof Row>

beforeAll(async () => {
  original = await TestVault.create()
  for (let number = 1; number <= 4; number++) await original.generate(`key ${number}`)
  original.lock()
  internals = await internalsOf(original.path)
  older = editDatabase(internals, (db) => ({ rows: rowsOf(db), state: stateOf(db) }))
  await original.unlock()
  for (let number = 1; number <= 4; number++) await original.ask("key.rotate", { name: `key ${number}` })
  original.lock()
  end = editDatabase(internals, rowsOf).length
})

afterAll(() => original[Symbol.dispose]())

function rowsOf(db: VaultDb): Row[] {
  return z.array(Row).parse(db.prepare("SELECT seq, body, prev_hash, hash, mac FROM audit ORDER BY seq").all())
}

function stateOf(db: VaultDb): string {
  return z.string().parse(db.prepare("SELECT value FROM settings WHERE name = 'state'").pluck().get())
}

function write(db: VaultDb, { seq, body, prev_hash, hash, mac }: Row): void {
  db.prepare("INSERT OR REPLACE INTO audit (seq, body, prev_hash, hash, mac) VALUES (?, ?, ?, ?, ?)").run(
    seq,
    body,
    prev_hash,
    hash,
    mac,
  )
}

function rowAt(db: VaultDb, seq: number): Row {
  const row = rowsOf(db).find((each) => each.seq === seq)
  if (row === undefined) throw new Error(`there is no row ${seq}`)
  return row
}

/** The number of the first bad row, as opening the edited vault or verifying its log names it. */
async function firstBad(edit: (db: VaultDb) => unknown): Promise<number | string | undefined> {
  using vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), edit)
  const reply = await vault.claviger.dispatch("vault.unlock", { path: vault.path, passphrase: passphrase() })
  expect(vault.bugs).toEqual([])
  if (!reply.ok) return refusedRow(reply.error.code, reply.error.detail ?? "")
  const { ok, firstBad: seq, reason } = await vault.ask("audit.verify", {})
  expect(ok).toBe(seq === undefined)
  expect(reason === undefined).toBe(seq === undefined)
  return seq
}

/** A refused opening names the row, or where the log ends and where it should. */
function refusedRow(code: string, detail: string): number | string {
  if (code === "ROLLBACK_DETECTED") return code
  expect(code).toBe("INTEGRITY_FAILED")
  const short = /ends at row (\d+), not at row (\d+)/.exec(detail)
  const named = /audit row (\d+)/.exec(detail)
  return short === null ? Number(named?.[1]) : Math.min(Number(short[1]), Number(short[2])) + 1
}

test("a log that nobody edited is whole", async () => {
  expect(await firstBad(() => undefined)).toBeUndefined()
})

const places = ["first", "middle", "last"] as const
const numberOf = (place: (typeof places)[number]) => ({ first: 1, middle: 6, last: end })[place]

test.for(places)("a %s row that was deleted is named", async (place) => {
  const seq = numberOf(place)
  expect(await firstBad((db) => db.prepare("DELETE FROM audit WHERE seq = ?").run(seq))).toBe(seq)
})

test.for(places)("a %s row that changed places with its neighbour is named", async (place) => {
  const seq = Math.min(numberOf(place), end - 1)
  const found = await firstBad((db) => {
    const [one, two] = [rowAt(db, seq), rowAt(db, seq + 1)]
    write(db, { ...one, seq: seq + 1 })
    write(db, { ...two, seq })
  })
  // Opening looks at the last row first.
  expect([seq, seq + 1]).toContain(found)
})

/** Each field of a row's body, and another value for it. */
const fields = {
  seq: "$.seq', 999",
  at: "$.at', '2020-01-01T00:00:00.000Z'",
  actor: "$.actor', 'eve'",
  action: "$.action', 'key.show'",
  target: "$.target', 'nothing'",
  outcome: "$.outcome', 'denied'",
  detail: "$.detail.generation', 999",
} as const

test.for(places.flatMap((place) => Object.keys(fields).map((field) => [place, field] as const)))(
  "a %s row whose %s was edited is named",
  async ([place, field]) => {
    const seq = numberOf(place)
    const edit = Object.entries(fields).find(([name]) => name === field)?.[1]
    const sql = `UPDATE audit SET body = json_set(body, '${edit}) WHERE seq = ?`
    expect(await firstBad((db) => db.prepare(sql).run(seq))).toBe(seq)
  },
)

test.for(places.flatMap((place) => ["prev_hash", "hash", "mac"].map((column) => [place, column] as const)))(
  "a %s row whose %s was edited is named",
  async ([place, column]) => {
    const seq = numberOf(place)
    expect(
      await firstBad((db) => db.prepare(`UPDATE audit SET ${column} = randomblob(32) WHERE seq = ?`).run(seq)),
    ).toBe(seq)
  },
)

test.for(["prev_hash", "hash", "mac"])("a row whose %s is shorter, longer or empty is named", async (column) => {
  for (const bytes of [0, 31, 33]) {
    expect(
      await firstBad((db) => db.prepare(`UPDATE audit SET ${column} = zeroblob(?) WHERE seq = 6`).run(bytes)),
    ).toBe(6)
  }
})

test.for(["{}", "null", "[]", "7"])("a row whose body is %j is named", async (body) => {
  expect(await firstBad((db) => db.prepare("UPDATE audit SET body = ? WHERE seq = 6").run(body))).toBe(6)
})

test("a row in another spelling of the same JSON is named", async () => {
  expect(
    await firstBad((db) => db.prepare("UPDATE audit SET body = replace(body, '{', '{ ') WHERE seq = 6").run()),
  ).toBe(6)
})

test("a row that was inserted before the first, or after the last, is named", async () => {
  expect(await firstBad((db) => write(db, { ...rowAt(db, 1), seq: 0 }))).toBe(1)
  expect(await firstBad((db) => write(db, { ...rowAt(db, end), seq: end + 1 }))).toBe(end + 1)
})

test("a row that was inserted in the middle, with all behind it moved, is named", async () => {
  const found = await firstBad((db) => {
    for (const row of rowsOf(db)
      .filter(({ seq }) => seq >= 6)
      .toReversed())
      write(db, { ...row, seq: row.seq + 1 })
  })
  expect([6, 7, end + 1]).toContain(found)
})

test("a tail that was cut off is noticed, by how much it lacks", async () => {
  expect(await firstBad((db) => db.prepare("DELETE FROM audit WHERE seq > ?").run(end - 3))).toBe(end - 2)
  expect(await firstBad((db) => db.prepare("DELETE FROM audit").run())).toBe(1)
})

test("a tail that was cut off, with the state record made to fit, is noticed by the anchor", async () => {
  const found = await firstBad((db) => {
    const last = rowAt(db, end - 3)
    db.prepare("DELETE FROM audit WHERE seq > ?").run(last.seq)
    fitState(db, last)
  })
  expect(found).toBe("ROLLBACK_DETECTED")
})

/** Makes the state record say that the log ends here. */
function fitState(db: VaultDb, { seq, hash, body }: Row): void {
  const { detail } = z.object({ detail: z.object({ generation: z.int() }) }).parse(JSON.parse(body))
  const state = z.record(z.string(), z.json()).parse(JSON.parse(stateOf(db)))
  const fitting = { ...state, seq, hash: hash.toString("base64"), generation: detail.generation }
  db.prepare("UPDATE settings SET value = ? WHERE name = 'state'").run(JSON.stringify(fitting))
}

test("an older log in the place of the present one is noticed, alone or with its state record", async () => {
  const putBack = (db: VaultDb) => {
    db.prepare("DELETE FROM audit").run()
    for (const row of older.rows) write(db, row)
  }
  expect(await firstBad(putBack)).toBe(older.rows.length + 1)
  const found = await firstBad((db) => {
    putBack(db)
    const last = older.rows.at(-1)
    if (last !== undefined) fitState(db, last)
  })
  expect(found).toBe("ROLLBACK_DETECTED")
})

/** Edits a row and makes every hash from there on right again, as who knows the format, but no key, can. */
function forge(db: VaultDb, from: number, macOf: (row: Row, hash: Buffer) => Buffer): void {
  let previous = rowAt(db, from).prev_hash
  for (const row of rowsOf(db).filter(({ seq }) => seq >= from)) {
    const body = row.seq === from ? row.body.replace('"tester"', '"victor"') : row.body
    const hash = createHash("sha256").update(previous).update(body).digest()
    write(db, { seq: row.seq, body, prev_hash: previous, hash, mac: macOf(row, hash) })
    previous = hash
  }
  fitState(db, rowAt(db, end))
}

const macs: readonly (readonly [what: string, macOf: (row: Row, hash: Buffer) => Buffer])[] = [
  ["kept", ({ mac }) => mac],
  ["made with no key", (_, hash) => createHmac("sha256", "").update(hash).digest()],
  ["made with a key of zeros", (_, hash) => createHmac("sha256", Buffer.alloc(32)).update(hash).digest()],
  ["empty", () => Buffer.alloc(0)],
]

test.for(macs.flatMap(([what, macOf]) => places.map((place) => [place, what, macOf] as const)))(
  "from the %s row on recomputed hashes, with MACs that are %s, are named",
  async ([place, , macOf]) => {
    const seq = numberOf(place)
    // Opening looks at the last row, and every one from the first bad row on is bad.
    expect([seq, end]).toContain(await firstBad((db) => forge(db, seq, macOf)))
  },
)

test("recomputed hashes with the right MACs differ from what the anchor remembers", async () => {
  const rightly = (_: Row, hash: Buffer) => createHmac("sha256", internals.keys.auditMac).update(hash).digest()
  expect(await firstBad((db) => forge(db, 6, rightly))).toBe("ROLLBACK_DETECTED")
})

test("a use that can't be logged does not happen", async () => {
  using vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), (db) =>
    db.exec(
      `CREATE TRIGGER full BEFORE INSERT ON audit WHEN NEW.body LIKE '%"key.%' BEGIN SELECT RAISE(ABORT, 'full'); END`,
    ),
  )
  await vault.unlock()
  const before = await vault.ask("key.list", {})
  const refused = ["key.generate", "key.rotate", "key.encrypt", "key.destroy", "key.set"] as const
  const inputs = {
    "key.generate": { name: "new", algorithm: "aes-256", purpose: "encryption" },
    "key.rotate": { name: "key 1" },
    "key.encrypt": { name: "key 1", plaintext: new Uint8Array(4) },
    "key.destroy": { name: "key 1", reason: "x", confirmed: true },
    "key.set": { name: "key 1", owner: "eve" },
  } as const
  for (const name of refused) expect(await vault.claviger.dispatch(name, inputs[name])).toMatchObject({ ok: false })
  expect(await vault.ask("key.list", {})).toEqual(before)
})

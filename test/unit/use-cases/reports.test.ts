import { afterEach, beforeEach, expect, test } from "vitest"
import { TestVault, utf8 } from "../../support/vaults.ts"

const start = Date.parse("2026-01-01T00:00:00Z")
const day = 24 * 3_600_000

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: start })
})

afterEach(() => vault[Symbol.dispose]())

const after = (days: number) => {
  vault.at = start + days * day
}

test("a seed that is due is rotated as seeds are, wherever that is said", async () => {
  await vault.ask("seed.generate", { name: "savings", words: 12 })
  await vault.ask("key.set", { name: "savings", rotateEvery: "30d" })
  after(40)
  const fix = "Rotate it: seed rotate savings."
  expect((await vault.ask("report.due", {})).due).toMatchObject([{ fix }])
  expect((await vault.ask("key.show", { name: "savings" })).findings).toMatchObject([{ rule: "rotation-due", fix }])
  expect((await vault.ask("report.hygiene", { find: ["due"] })).keys).toMatchObject([{ fix }])
})

test("what is due is soon, then due for a day, then overdue", async () => {
  await vault.generate("data", { rotateEvery: "30d", owner: "ann" })
  expect(await vault.ask("report.due", {})).toEqual({ counts: { overdue: 0, due: 0, soon: 0 }, due: [] })
  const standings: unknown[] = []
  for (const days of [16, 29.9, 30, 30.9, 31]) {
    after(days)
    standings.push((await vault.ask("report.due", {})).due.map(({ standing }) => standing))
  }
  expect(standings).toEqual([["soon"], ["soon"], ["due"], ["due"], ["overdue"]])
  expect((await vault.ask("report.due", {})).counts).toEqual({ overdue: 1, due: 0, soon: 0 })
})

test("keys that end are on the board with those that rotate, the earliest first", async () => {
  await vault.generate("rotating", { rotateEvery: "10d" })
  await vault.generate("ending", { expires: "2026-01-08" })
  await vault.generate("later", { expires: "2027-01-08" })
  const { due } = await vault.ask("report.due", {})
  expect(due.map(({ name, event }) => [name, event])).toEqual([
    ["ending", "expiry"],
    ["rotating", "rotation"],
  ])
})

test("what waits for its destruction is on the board until it is kept: once it is over, with both ways out", async () => {
  await vault.generate("data", { rotateEvery: "10d" })
  await vault.ask("key.rotate", { name: "data" })
  await vault.ask("key.schedule-destroy", { name: "data", version: 1, after: "8d", reason: "replaced" })
  await vault.generate("doomed one")
  await vault.ask("key.schedule-destroy", { name: "doomed one", after: "7d", reason: "leaked" })
  const board = async () =>
    (await vault.ask("report.due", {})).due.map(({ name, event, standing }) => `${name}: ${event} ${standing}`)
  expect(await board()).toEqual(["doomed one: destruction soon", "data: destruction soon", "data: rotation soon"])
  after(9)
  expect(await vault.ask("report.due", { within: "1h" })).toMatchObject({
    counts: { overdue: 2, due: 0, soon: 0 },
    due: [
      {
        at: "2026-01-08T00:00:00.000Z",
        fix: "Keep it: key cancel-destroy 'doomed one'. Or destroy it: key destroy 'doomed one' --now --reason WHY.",
      },
      { name: "data" },
    ],
  })
  const { calendar } = await vault.ask("report.due", { calendar: true })
  expect(calendar).toContain("DTSTART;VALUE=DATE:20260108\r\nSUMMARY:Destroyed: doomed one\r\n")
  await vault.ask("key.cancel-destroy", { name: "doomed one" })
  expect(await board()).toEqual(["data: destruction overdue", "data: rotation soon"])
})

test("keyrings and the master key are on the board where a policy limits them, until they are renewed", async () => {
  await vault.ask("keyring.policy", { name: "personal", set: { cryptoperiods: { "key-wrapping": "1y" } } })
  const within = "2w"
  after(360)
  expect(await vault.ask("report.due", { within })).toMatchObject({
    counts: { soon: 2 },
    due: [
      { what: "master-key", fix: "vault rekey" },
      { what: "keyring", name: "personal", fix: "keyring rotate personal" },
    ],
  })
  await vault.ask("keyring.rotate", { name: "personal" })
  expect((await vault.ask("report.due", { within })).due).toMatchObject([{ what: "master-key" }])
})

test("what is due is a calendar as well", async () => {
  await vault.generate("data", { rotateEvery: "10d" })
  const { calendar } = await vault.ask("report.due", { calendar: true })
  expect(calendar).toContain("DTSTART;VALUE=DATE:20260111\r\nSUMMARY:Rotate data\r\n")
})

test("the calendar has all that is due, however few are listed", async () => {
  for (const name of ["a", "b", "c"]) await vault.generate(name, { rotateEvery: "10d" })
  const { calendar, due } = await vault.ask("report.due", { calendar: true, limit: 1 })
  expect(due).toHaveLength(1)
  expect(calendar?.match(/BEGIN:VEVENT/g)).toHaveLength(3)
})

test("active keys are counted by algorithm and by age, and the list is narrowed by the same ages", async () => {
  await vault.generate("old")
  await vault.ask("key.generate", { name: "middle", algorithm: "ed25519" })
  after(300)
  await vault.generate("young")
  await vault.generate("resting")
  await vault.ask("key.suspend", { name: "resting", reason: "not needed" })
  after(365)
  expect(await vault.ask("report.health", {})).toEqual({
    keys: 3,
    algorithms: [
      { algorithm: "aes-256", keys: 2 },
      { algorithm: "ed25519", keys: 1 },
    ],
    ages: [
      { olderThan: null, youngerThan: "90d", keys: 1 },
      { olderThan: "90d", youngerThan: "1y", keys: 0 },
      { olderThan: "1y", youngerThan: "2y", keys: 2 },
      { olderThan: "2y", youngerThan: "3y", keys: 0 },
      { olderThan: "3y", youngerThan: null, keys: 0 },
    ],
  })
  const names = async (ages: object) => (await vault.ask("key.list", ages)).keys.map(({ name }) => name)
  expect(await names({ olderThan: "1y", youngerThan: "2y" })).toEqual(["middle", "old"])
  expect(await names({ youngerThan: "90d", state: "active" })).toEqual(["young"])
  expect(await names({ olderThan: "9999y" })).toEqual([])
})

test("the counts of what is due are of all, however few are listed", async () => {
  for (const name of ["a", "b", "c"]) await vault.generate(name, { rotateEvery: "10d" })
  expect(await vault.ask("report.due", { limit: 1 })).toMatchObject({ counts: { soon: 3 }, due: [{ name: "a" }] })
})

test("the inventory is a document with every key, and the log tells that it was made", async () => {
  await vault.generate("first", { owner: "ann, of payroll" })
  await vault.ask("key.generate", { name: "second", algorithm: "ed25519" })
  const json = await vault.ask("report.inventory", { format: "json" })
  const document = JSON.parse(Buffer.from(json.report).toString())
  const { fingerprint } = await vault.ask("key.show", { name: "second" })
  expect(document.keys).toMatchObject([{ name: "first" }, { name: "second", fingerprint }])
  const csv = await vault.ask("report.inventory", { format: "csv" })
  const lines = Buffer.from(csv.report).toString().split("\r\n")
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain(',"ann, of payroll",')
  const { rows } = await vault.ask("audit.list", { action: "report.inventory" })
  expect(rows.map(({ detail }) => [detail["format"], detail["keys"]])).toEqual([
    ["json", 2],
    ["csv", 2],
  ])
})

test("the inventory of an empty vault is a whole document", async () => {
  const { report } = await vault.ask("report.inventory", { format: "json" })
  expect(JSON.parse(Buffer.from(report).toString())).toMatchObject({ keys: [] })
})

test("keys that a quantum computer breaks are named, first those whose secrets are recorded today", async () => {
  await vault.ask("key.generate", { name: "signer", algorithm: "ed25519" })
  await vault.ask("key.generate", { name: "agreement", algorithm: "x25519" })
  await vault.ask("key.generate", { name: "new", algorithm: "ml-kem-768" })
  await vault.generate("data")
  const { exposedCount, exposed, groups } = await vault.ask("report.quantum", {})
  expect(exposedCount).toBe(2)
  expect(exposed).toMatchObject([
    { name: "agreement", exposure: "recorded-now-read-later", moveTo: ["ml-kem-768", "ml-kem-1024"] },
    { name: "signer", exposure: "forged-later", moveTo: ["ml-dsa-65", "ml-dsa-87"] },
  ])
  expect(groups.find(({ algorithm }) => algorithm === "aes-256")).toMatchObject({ keys: 1, exposure: "none" })
})

test("keys that nobody uses are told: never used, unused for long, without an owner", async () => {
  await vault.generate("used", { owner: "ann" })
  await vault.generate("idle", { owner: "ann" })
  await vault.generate("orphan")
  await vault.ask("key.encrypt", { name: "idle", plaintext: utf8("x") })
  after(100)
  await vault.ask("key.encrypt", { name: "used", plaintext: utf8("x") })
  await vault.generate("fresh", { owner: "ann" })
  const { counts, keys } = await vault.ask("report.usage", {})
  expect(counts).toEqual({ keys: 4, neverUsed: 2, unused: 2, orphaned: 1 })
  expect(keys.map(({ name, findings }) => [name, findings])).toEqual([
    ["idle", ["unused"]],
    ["orphan", ["never-used", "unused", "orphaned"]],
    ["fresh", ["never-used"]],
  ])
})

test("managing a key is not using it", async () => {
  await vault.generate("managed", { owner: "ann" })
  after(100)
  await vault.ask("key.set", { name: "managed", owner: "bob" })
  const { keys } = await vault.ask("report.usage", {})
  expect(keys).toMatchObject([{ name: "managed", lastUsedAt: null }])
})

test("what must stay secret for longer than until there are quantum computers is named first, with until when", async () => {
  await vault.ask("key.generate", { name: "letters", algorithm: "x25519", protectFor: "10y" })
  await vault.ask("key.generate", { name: "records", algorithm: "x25519", protectFor: "11y" })
  await vault.ask("key.generate", { name: "signer", algorithm: "ed25519" })
  await vault.generate("data", { protectFor: "30y" })
  const { outlooks, exposed, source, groups } = await vault.ask("report.quantum", {})
  expect(outlooks).toEqual({ "too-long": 1, unsaid: 1, "in-time": 1 })
  expect(exposed.map(({ name, outlook, protectedUntil }) => [name, outlook, protectedUntil])).toEqual([
    ["records", "too-long", "2036-12-29T00:00:00.000Z"],
    ["signer", "unsaid", null],
    ["letters", "in-time", "2035-12-30T00:00:00.000Z"],
  ])
  expect(source).toMatch(/^NIST IR 8547/)
  expect(groups.find(({ algorithm }) => algorithm === "x25519")).toMatchObject({ keys: 2, tooLong: 1, unsaid: 0 })
  expect(groups.find(({ algorithm }) => algorithm === "aes-256")).toMatchObject({ tooLong: 0, unsaid: 0 })
})

test("how long is as the key says, else as its keyring's policy says for its purpose, which expects the year too", async () => {
  const set = { protectFor: { "key-agreement": "5y" }, quantumYear: 2029 } as const
  await vault.ask("keyring.policy", { name: "personal", set })
  await vault.ask("key.generate", { name: "letters", algorithm: "x25519" })
  await vault.ask("key.generate", { name: "notes", algorithm: "x25519", protectFor: "1y" })
  await vault.ask("key.generate", { name: "signer", algorithm: "ed25519" })
  const outlooks = async () =>
    (await vault.ask("report.quantum", {})).exposed.map(({ name, outlook, quantumYear }) => [
      name,
      outlook,
      quantumYear,
    ])
  expect(await outlooks()).toEqual([
    ["letters", "too-long", 2029],
    ["signer", "unsaid", 2029],
    ["notes", "in-time", 2029],
  ])
  await vault.ask("key.set", { name: "notes", protectFor: null })
  await vault.ask("keyring.policy", { name: "personal", set: { ...set, quantumYear: 2035 } })
  expect((await outlooks()).map(([name, outlook]) => [name, outlook])).toEqual([
    ["signer", "unsaid"],
    ["letters", "in-time"],
    ["notes", "in-time"],
  ])
})

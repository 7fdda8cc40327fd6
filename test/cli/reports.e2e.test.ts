import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = new ClavigerHome()
  await home.done("vault create --kdf low-memory")
  await home.done("key generate data --algorithm aes-256 --rotate-every 7d")
  await home.done("key generate signer --algorithm ed25519")
})

afterAll(() => home[Symbol.dispose]())

test("what is due within a time is listed, and written as a calendar", async () => {
  expect(await home.done("report due")).toMatchObject({ counts: { soon: 1 }, due: [{ name: "data" }] })
  expect(await home.done("report due --within 1d")).toMatchObject({ due: [] })
  await home.done("report due --format ics --out due.ics")
  expect(readFileSync(home.file("due.ics"), "utf8")).toMatch(/^BEGIN:VCALENDAR\r\n(.*\r\n)*SUMMARY:Rotate data\r\n/)
})

test("keys are counted by algorithm and age, and listed by age", async () => {
  const { keys, ages } = await home.done("report health")
  expect(ages).toMatchObject([{ youngerThan: "90d", keys }, {}, {}, {}, {}])
  expect(await home.done("key list --younger-than 1d")).toMatchObject({ keys: [{ name: "data" }, { name: "signer" }] })
  expect(await home.done("key list --older-than 1d")).toMatchObject({ keys: [] })
})

test("the inventory goes to standard output, or into a file that is not replaced unasked", async () => {
  const { stdout } = await home.run([
    "report",
    "inventory",
    "--format",
    "csv",
    "--passphrase-file",
    home.passphraseFile,
  ])
  expect(stdout.split("\r\n").map((line) => line.split(",")[1])).toEqual(["name", "data", "signer", undefined])
  expect(await home.done("report inventory --format json --out keys.json")).toMatchObject({ format: "json", keys: 2 })
  expect(JSON.parse(readFileSync(home.file("keys.json"), "utf8")).keys).toHaveLength(2)
  expect(await home.json("report inventory --format json --out keys.json")).toMatchObject({ status: 4 })
})

test("what a quantum computer breaks, and what nobody uses, is told", async () => {
  expect(await home.done("report quantum")).toMatchObject({ exposedCount: 1, exposed: [{ name: "signer" }] })
  expect(await home.done("report usage")).toMatchObject({ counts: { keys: 2, neverUsed: 2, orphaned: 0 } })
})

test("what is wrong with keys is a list with counts, and a CSV of all of them", async () => {
  const { counts, keys } = await home.done("report hygiene --find never-backed-up,weak --limit 1")
  expect([counts, keys]).toMatchObject([{ "never-backed-up": 2, weak: 0 }, [{ name: "data" }]])
  await home.done("report hygiene --find never-backed-up --format csv --out hygiene.csv")
  const lines = readFileSync(home.file("hygiene.csv"), "utf8").split("\r\n")
  expect(lines.map((line) => line.split(",").slice(0, 2))).toEqual([
    ["finding", "name"],
    ["never-backed-up", "data"],
    ["never-backed-up", "signer"],
    [""],
  ])
})

test("the register of destructions is a table with a line for each, of which the certificates are in the JSON", async () => {
  await home.done("key generate gone --algorithm aes-256")
  await home.done("key destroy gone --now --yes --reason over")
  const { stdout } = await home.run(["report", "destructions", "--passphrase-file", home.passphraseFile])
  const [head, ...lines] = stdout.trimEnd().split("\n")
  expect(head?.split(/ {2,}/)).toEqual(["DESTROYED AT", "NAME", "VERSIONS", "BY", "REASON", "STILL IN"])
  expect(lines.map((line) => line.split(/ {2,}/).slice(1, 3))).toEqual([["gone", "1"]])
  expect(await home.done("report destructions")).toMatchObject({
    count: 1,
    destructions: [{ signature: expect.any(String) }],
  })
})

test("what waits for its destruction is among what is due, and says when in the list of keys", async () => {
  await home.done("key generate doomed --algorithm aes-256")
  const { pending } = await home.done("key destroy doomed --after 7d --yes --reason over")
  expect(await home.done("report due --within 8d")).toMatchObject({
    due: [{ name: "data" }, { name: "doomed", event: "destruction", standing: "soon" }],
  })
  const { stdout } = await home.run(["key", "list", "--passphrase-file", home.passphraseFile])
  expect(stdout).toMatch(new RegExp(`^doomed .*${Object(pending).destroysAt}$`, "m"))
})

test("for how long a key protects is said, shown and taken back", async () => {
  expect(await home.done("key set data --protect-for 10y")).toMatchObject({ protectFor: "10y" })
  expect(await home.done("key set data --protect-for unsaid")).toMatchObject({ protectFor: null })
})

test("how soon the app must lock is told with the keyring whose policy says so", async () => {
  await home.done("keyring create payroll")
  await home.done("keyring policy payroll --set nist-2030")
  expect(await home.done("policy lock")).toMatchObject({
    afterIdle: { seconds: 900, keyring: "payroll" },
    onClose: null,
  })
})

import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"

// T37

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  await home.done("key generate leaked --algorithm aes-256")
  await home.done("key generate other --algorithm aes-256")
  await home.done("key compromise leaked --reason stolen")
})

afterAll(() => home[Symbol.dispose]())

const warning =
  "claviger: 1 key is not as the log left it: leaked; somebody may have edited the vault: run `claviger vault verify`\n"

test("nothing is said of a vault that nobody edited", async () => {
  const { status, stderr } = await home.json("key show other")
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
})

test("a compromise that was cleared past the log is warned of by the next command, whichever key it is about", async () => {
  const sql = "UPDATE keys SET state = 'active' WHERE name = 'leaked'"
  editDatabase(await internalsOf(home.vault), (db) => db.exec(sql))
  const { status, document, stderr } = await home.json("key show other")
  expect({ status, stderr }).toEqual({ status: 0, stderr: warning })
  expect(document).toMatchObject({ name: "other", state: "active" })
  const { stderr: saidToPerson } = await home.run(`key show other --passphrase-file ${home.passphraseFile}`)
  expect(saidToPerson).toBe(warning)
  expect(await home.json("vault verify")).toMatchObject({ document: { ok: false }, stderr: warning })
})

test("a batch warns once, and the log has it", async () => {
  const lines = [
    '{"cmd": ["key","list"]}',
    '{"cmd": ["audit","list"], "args": {"action": "inventory.edited", "newest": true}}',
  ]
  const { stdout, stderr } = await home.run(`batch - --passphrase-file ${home.passphraseFile}`, {
    input: lines.map((line) => `${line}\n`).join(""),
  })
  expect(stderr.split(warning)).toHaveLength(2)
  expect(stdout).toContain('"action":"inventory.edited"')
})

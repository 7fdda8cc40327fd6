import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = new ClavigerHome()
  await home.done("vault create --kdf low-memory")
  await home.done("key generate payroll --algorithm aes-256 --purpose key-wrapping")
})

afterAll(() => home[Symbol.dispose]())

test("a key rotates step by step, and its data keys move with it", async () => {
  const { wrapped } = await home.done("key datakey payroll --wrapped-only --register database")
  home.write("data.key", `${wrapped}\n`)
  await home.done("key register-datakey payroll --label files --in data.key")
  expect(await home.done("rotation start payroll --grace 1h --reason yearly")).toMatchObject({ next: "test" })
  expect(await home.done("rotation pause payroll")).toMatchObject({ isPaused: true })
  expect(await home.json("rotation advance payroll")).toMatchObject({
    status: 5,
    document: { error: { code: "STATE_DENIED", message: expect.stringContaining("it is paused") } },
  })
  await home.done("rotation resume payroll")
  expect(await home.done("rotation advance payroll")).toMatchObject({ done: "test" })
  expect(await home.done("rotation advance payroll")).toMatchObject({ done: "switch", rotation: { dataKeysLeft: 2 } })
  expect(await home.done("rotation rewrap payroll")).toEqual({ rewrapped: 2 })
  expect(await home.done("key datakeys payroll")).toMatchObject({
    dataKeys: [
      { label: "database", version: 2 },
      { label: "files", version: 2 },
    ],
  })
  expect(await home.done("rotation list")).toMatchObject({
    rotations: [{ name: "payroll", phase: "switched", next: "retire", waitsFor: [expect.stringContaining("grace")] }],
  })
  await home.done("key forget-datakey payroll --label files")
})

test("it is rolled back, and the old version does the work again", async () => {
  expect(await home.done("rotation rollback payroll --reason early")).toEqual({
    name: "payroll",
    currentVersion: 1,
    undone: "switched",
  })
  expect(await home.json("rotation show payroll")).toMatchObject({ status: 4 })
})

test("somebody leaves: their keys are named, then rotate, and the event is followed by its id", async () => {
  await home.done("key generate web --algorithm ed25519 --owner ann")
  const touched = { event: { keys: [{ name: "web", status: "to-rotate" }] } }
  expect(await home.done("event raise owner-departed --owner ann --reason left --dry-run")).toMatchObject(touched)
  const raised = await home.done("event raise owner-departed --owner ann --reason left")
  expect(raised).toMatchObject({ event: { counts: { rotating: 1 } }, notStarted: [] })
  const [id = ""] = /[0-9a-f-]{36}/.exec(JSON.stringify(raised)) ?? []
  expect(await home.done("event list")).toMatchObject({ events: [{ id, kind: "owner-departed" }] })
  expect(await home.done(`event show ${id}`)).toMatchObject({ keys: [{ name: "web", status: "rotating" }] })
  expect(await home.done(`event close ${id} --reason done`)).toMatchObject({ closedAt: expect.any(String) })
  expect(await home.json("event raise departure --reason x")).toMatchObject({ status: 2 })
})

import { afterEach, beforeEach, expect, test } from "vitest"
import { TestVault } from "../../support/vaults.ts"

let vault: TestVault
/** Done once, when the first data keys are on their way. */
let meanwhile: (() => Promise<void>) | null = null

beforeEach(async () => {
  vault = await TestVault.create({
    tellProgress() {
      const begin = meanwhile
      meanwhile = null
      void begin?.()
    },
  })
  await vault.generate("app", { purpose: "key-wrapping" })
})
afterEach(async () => {
  expect(vault.bugs).toEqual([])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  vault[Symbol.dispose]()
})

async function register(label: string): Promise<Buffer> {
  const { plaintext = new Uint8Array(0) } = await vault.ask("key.datakey", { name: "app", register: label })
  return Buffer.from(plaintext)
}

async function unwrapped(label: string): Promise<Buffer> {
  const { dataKeys } = await vault.ask("key.datakeys", { name: "app" })
  const { wrapped = "" } = dataKeys.find((each) => each.label === label) ?? {}
  const { plaintext } = await vault.ask("key.unwrap", { name: "app", wrapped: new Uint8Array(Buffer.from(wrapped)) })
  return Buffer.from(plaintext)
}

test("data keys that the vault knows move to the new version, more of them than fit in one batch, and stay the same keys", async () => {
  const keys = new Map<string, Buffer>()
  for (let index = 0; index < 120; index += 1) keys.set(`database ${index}`, await register(`database ${index}`))
  await vault.ask("rotation.start", { name: "app", grace: "1h" })
  await vault.ask("rotation.advance", { name: "app" })
  const { rotation } = await vault.ask("rotation.advance", { name: "app" })
  expect(rotation).toMatchObject({
    dataKeysLeft: 120,
    waitsFor: [expect.stringMatching("the grace ends"), expect.stringMatching("120 data keys are")],
  })
  expect(await vault.ask("key.datakeys", { name: "app", limit: 1 })).toMatchObject({
    counts: { all: 120, toRewrap: 120 },
  })
  expect(await vault.ask("rotation.rewrap", { name: "app" })).toEqual({ rewrapped: 120 })
  expect(await vault.ask("rotation.rewrap", { name: "app" })).toEqual({ rewrapped: 0 })
  expect((await vault.ask("rotation.show", { name: "app" })).dataKeysLeft).toBe(0)
  const { dataKeys, counts } = await vault.ask("key.datakeys", { name: "app" })
  expect(counts).toEqual({ all: 120, toRewrap: 0 })
  expect(new Set(dataKeys.map(({ version }) => version))).toEqual(new Set([2]))
  for (const [label, plaintext] of keys) expect(await unwrapped(label)).toEqual(plaintext)
  const { rows } = await vault.ask("audit.list", { action: "rotation.rewrap" })
  expect(rows.map(({ detail }) => detail["seals"]).toSorted()).toEqual([101, 121, 51])
})

test("the old version is not retired while a data key needs it", async () => {
  vault.at = Date.now()
  await register("database")
  await vault.ask("rotation.start", { name: "app", grace: "1h" })
  await vault.ask("rotation.advance", { name: "app" })
  await vault.ask("rotation.advance", { name: "app" })
  vault.at += 3_600_000
  expect(await vault.refusal("rotation.advance", { name: "app", confirmed: true })).toEqual({
    code: "STATE_DENIED",
    detail: "a data key is still wrapped under another version",
  })
  await vault.ask("rotation.rewrap", { name: "app" })
  expect((await vault.ask("rotation.advance", { name: "app", confirmed: true })).rotation).toBeNull()
})

test("a data key that an application has already can be left here; another key's can't", async () => {
  const { wrapped } = await vault.ask("key.datakey", { name: "app", wrappedOnly: true })
  const bytes = () => new Uint8Array(Buffer.from(`${wrapped}\n`))
  await vault.ask("key.register-datakey", { name: "app", label: "files", wrapped: bytes() })
  expect((await vault.ask("key.datakeys", { name: "app" })).dataKeys).toEqual([{ label: "files", version: 1, wrapped }])
  const again = { name: "app", label: "files", wrapped: bytes() }
  expect(await vault.refusal("key.register-datakey", again)).toMatchObject({ code: "ALREADY_EXISTS" })
  await vault.generate("other", { purpose: "key-wrapping" })
  const foreign = { name: "other", label: "files", wrapped: bytes() }
  expect(await vault.refusal("key.register-datakey", foreign)).toMatchObject({ code: "INVALID_INPUT" })
})

test("a data key of a version that is not there, or not any more, can't be left here", async () => {
  const { wrapped } = await vault.ask("key.datakey", { name: "app", wrappedOnly: true })
  const left = (text: string) => ({ name: "app", label: "files", wrapped: new Uint8Array(Buffer.from(text)) })
  const ofVersion9 = wrapped.replace(/:1:(?=[^:]+$)/, ":9:")
  expect(await vault.refusal("key.register-datakey", left(ofVersion9))).toMatchObject({ code: "NOT_FOUND" })
  await vault.ask("key.rotate", { name: "app" })
  await vault.ask("key.trim", { name: "app", below: 2, confirmed: true })
  expect(await vault.refusal("key.register-datakey", left(wrapped))).toMatchObject({ code: "STATE_DENIED" })
})

test("the version that wraps them is not destroyed before they have moved", async () => {
  await register("files")
  await vault.ask("key.rotate", { name: "app" })
  const reason = "no longer needed"
  const trim = { name: "app", below: 2, confirmed: true }
  const old = { name: "app", version: 1, reason }
  for (const refusal of [
    await vault.refusal("key.trim", trim),
    await vault.refusal("key.destroy", { ...old, confirmed: true }),
    await vault.refusal("key.schedule-destroy", old),
  ])
    expect(refusal).toMatchObject({ code: "POLICY_DENIED", detail: expect.stringContaining("1 data key of app") })
  await vault.ask("rotation.rewrap", { name: "app" })
  await vault.ask("key.trim", trim)
})

test("a key is not destroyed as a whole while data keys that it wraps are left here, nor is it let wait for that", async () => {
  await register("files")
  await register("photos")
  const whole = { name: "app", reason: "project ended" }
  for (const refusal of [
    await vault.refusal("key.destroy", { ...whole, confirmed: true }),
    await vault.refusal("key.schedule-destroy", whole),
  ])
    expect(refusal).toEqual({
      code: "POLICY_DENIED",
      detail: "needed-by-others: 2 data keys of app in this vault would never open again: key forget-datakey app --all",
    })
  expect(await vault.ask("key.forget-datakey", { name: "app", all: true })).toMatchObject({ forgotten: 2 })
  await vault.ask("key.destroy", { ...whole, confirmed: true })
})

test("one data key or all are forgotten, never both or neither", async () => {
  await register("files")
  for (const which of [{}, { label: "files", all: true }])
    expect(await vault.refusal("key.forget-datakey", { name: "app", ...which })).toMatchObject({
      code: "INVALID_INPUT",
    })
})

test("one that does not open keeps no other from moving, is named, and keeps the old version from its end", async () => {
  vault.at = Date.now()
  for (let index = 100; index < 220; index += 1) await register(`database ${index}`)
  const { wrapped } = await vault.ask("key.datakey", { name: "app", wrappedOnly: true })
  const broken = wrapped.replace(/.{8}$/, (end) => (end.startsWith("A") ? "BBBBBBBB" : "AAAAAAAA"))
  for (const [label, text] of [
    ["database 100b", broken],
    ["zoo", broken.slice(0, -8)],
  ] as const)
    await vault.ask("key.register-datakey", { name: "app", label, wrapped: new Uint8Array(Buffer.from(text)) })
  await vault.ask("rotation.start", { name: "app", grace: "1h" })
  await vault.ask("rotation.advance", { name: "app" })
  await vault.ask("rotation.advance", { name: "app" })
  const why = "the ciphertext does not open with version 1 of app"
  const left = {
    count: 2,
    dataKeys: [
      { label: "database 100b", version: 1, why },
      { label: "zoo", version: 1, why },
    ],
  }
  expect(await vault.ask("rotation.rewrap", { name: "app" })).toEqual({ rewrapped: 120, left })
  expect(await vault.ask("rotation.rewrap", { name: "app" })).toEqual({ rewrapped: 0, left })
  const { rows } = await vault.ask("audit.list", { action: "rotation.rewrap", outcome: "failed" })
  expect(rows[0]?.detail).toMatchObject({ left: 2, labels: ["database 100b", "zoo"] })
  vault.at += 3_600_000
  expect(await vault.refusal("rotation.advance", { name: "app", confirmed: true })).toEqual({
    code: "STATE_DENIED",
    detail: "2 data keys are still wrapped under another version",
  })
})

test("where the key itself may protect nothing, no data key is to blame", async () => {
  await register("files")
  await vault.ask("key.rotate", { name: "app" })
  await vault.ask("key.suspend", { name: "app", reason: "under review" })
  expect(await vault.refusal("rotation.rewrap", { name: "app" })).toEqual({
    code: "STATE_DENIED",
    detail: "app is suspended",
  })
  await vault.ask("key.resume", { name: "app", reason: "all is well" })
  expect(await vault.ask("rotation.rewrap", { name: "app" })).toEqual({ rewrapped: 1 })
})

test("a label that is taken makes no data key", async () => {
  await register("files")
  expect(await vault.refusal("key.datakey", { name: "app", register: "files" })).toMatchObject({
    code: "ALREADY_EXISTS",
  })
  const { rows } = await vault.ask("audit.list", { action: "key.datakey" })
  expect(rows.filter(({ outcome }) => outcome === "done")).toHaveLength(1)
  expect((await vault.ask("key.datakeys", { name: "app" })).dataKeys).toHaveLength(1)
})

test("a data key can be forgotten, and is not missed", async () => {
  await register("files")
  await vault.ask("key.forget-datakey", { name: "app", label: "files" })
  expect((await vault.ask("key.datakeys", { name: "app" })).dataKeys).toEqual([])
  expect(await vault.refusal("key.forget-datakey", { name: "app", label: "files" })).toMatchObject({
    code: "NOT_FOUND",
  })
})

test("after a rotation in one step they move as well", async () => {
  const key = await register("files")
  await vault.ask("key.rotate", { name: "app" })
  expect(await vault.ask("rotation.rewrap", { name: "app" })).toEqual({ rewrapped: 1 })
  expect(await unwrapped("files")).toEqual(key)
})

test("one that the application replaced or forgot while they move is left alone, and the others move", async () => {
  for (const label of ["a", "b", "c"]) await register(label)
  const { wrapped } = await vault.ask("key.datakey", { name: "app", wrappedOnly: true })
  await vault.ask("key.rotate", { name: "app" })
  meanwhile = async () => {
    await vault.ask("key.forget-datakey", { name: "app", label: "a" })
    await vault.ask("key.forget-datakey", { name: "app", label: "b" })
    const other = new Uint8Array(Buffer.from(wrapped))
    await vault.ask("key.register-datakey", { name: "app", label: "b", wrapped: other })
  }
  await vault.ask("rotation.rewrap", { name: "app" })
  const { dataKeys } = await vault.ask("key.datakeys", { name: "app" })
  expect(dataKeys.map(({ label, version }) => [label, version])).toEqual([
    ["b", 2],
    ["c", 2],
  ])
  const { plaintext } = await vault.ask("key.unwrap", { name: "app", wrapped: new Uint8Array(Buffer.from(wrapped)) })
  expect(await unwrapped("b")).toEqual(Buffer.from(plaintext))
})

test("labels are listed in order, in pages", async () => {
  for (const label of ["c", "a", "b"]) await register(label)
  const labels = async (more: object) =>
    (await vault.ask("key.datakeys", { name: "app", ...more })).dataKeys.map(({ label }) => label)
  expect(await labels({ limit: 2 })).toEqual(["a", "b"])
  expect(await labels({ after: "b" })).toEqual(["c"])
})

test("a compromise of the version that they were moved to names them, and what it asks for is not done before they are moved on", async () => {
  await register("files")
  await register("photos")
  await vault.ask("key.rotate", { name: "app" })
  await vault.ask("rotation.rewrap", { name: "app" })
  const { incident, blastRadius, actions } = await vault.ask("key.compromise", {
    name: "app",
    version: 2,
    reason: "a laptop was stolen",
  })
  expect(blastRadius).toMatchObject([
    { kind: "data-keys", effect: "exposed", name: "data keys", count: 2 },
    { kind: "data-keys", effect: "exposed", name: "registered data keys", count: 2 },
  ])
  expect(actions.find(({ step }) => step === "rewrap")).toMatchObject({ state: "open" })
  await vault.ask("key.rotate", { name: "app" })
  const wrapped = async () => {
    const { dataKeys } = await vault.ask("key.datakeys", { name: "app" })
    return new Uint8Array(Buffer.from(dataKeys[0]?.wrapped ?? ""))
  }
  await vault.ask("key.rewrap", { name: "app", wrapped: await wrapped() })
  const done = { incident, step: "rewrap", state: "done" } as const
  expect(await vault.refusal("incident.step", done)).toMatchObject({ code: "INVALID_INPUT" })
  await vault.ask("rotation.rewrap", { name: "app" })
  expect((await vault.ask("incident.step", done)).actions[2]).toMatchObject({ state: "done" })
})

test("they move away from a version that was compromised, and the incident sees it", async () => {
  const key = await register("files")
  await vault.ask("key.compromise", { name: "app", reason: "a laptop was stolen" })
  await vault.ask("key.rotate", { name: "app" })
  expect(await vault.ask("rotation.rewrap", { name: "app" })).toEqual({ rewrapped: 1 })
  expect(await unwrapped("files")).toEqual(key)
  const { incidents } = await vault.ask("incident.list", {})
  const { actions } = await vault.ask("incident.show", { incident: incidents[0]?.id ?? "" })
  expect(actions.find(({ step }) => step === "rewrap")).toMatchObject({
    evidence: expect.stringContaining("rewrapped"),
  })
})

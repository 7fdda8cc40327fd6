import { afterAll, beforeAll, expect, test } from "vitest"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

const noon = Date.parse("2026-03-01T12:00:00.000Z")
const day = 24 * 3_600_000
const reason = "laptop stolen"

let vault: TestVault
let made = 0

beforeAll(async () => {
  vault = await TestVault.create({ at: noon, actor: "ann" })
})

afterAll(() => vault[Symbol.dispose]())

/** A key with a name of its own. */
async function newKey(more: Parameters<TestVault["generate"]>[1] = {}): Promise<string> {
  made += 1
  const name = `key ${made}`
  await vault.generate(name, more)
  return name
}

const statesOf = async (name: string) => {
  const { state, versions } = await vault.ask("key.show", { name })
  return [state, ...versions.map((each) => each.state)]
}

test("all versions are compromised with the key, the old ones too", async () => {
  const name = await newKey()
  await vault.ask("key.rotate", { name })
  const { key } = await vault.ask("key.compromise", { name, reason })
  expect([key.state, ...key.versions.map(({ state }) => state)]).toEqual(["compromised", "compromised", "compromised"])
})

test("one old version is compromised alone, and the key goes on", async () => {
  const name = await newKey()
  await vault.ask("key.rotate", { name })
  await vault.ask("key.compromise", { name, reason, version: 1 })
  expect(await statesOf(name)).toEqual(["active", "compromised", "active"])
})

test("a key that waits for its destruction goes on waiting, and is compromised when that is taken back", async () => {
  const name = await newKey()
  await vault.ask("key.schedule-destroy", { name, reason })
  await vault.ask("key.compromise", { name, reason })
  expect(await statesOf(name)).toEqual(["pending-destruction", "pending-destruction"])
  await vault.ask("key.cancel-destroy", { name })
  expect(await statesOf(name)).toEqual(["compromised", "compromised"])
})

test("a compromised key is replaced by a new version, and the old ones stay compromised", async () => {
  const name = await newKey()
  const { ciphertext } = await vault.ask("key.encrypt", { name, plaintext: utf8("salary") })
  await vault.ask("key.compromise", { name, reason })
  await vault.ask("key.rotate", { name })
  expect(await statesOf(name)).toEqual(["active", "compromised", "active"])
  expect((await vault.ask("key.encrypt", { name, plaintext: utf8("salary") })).keyVersion).toBe(2)
  expect(await vault.refusal("key.decrypt", { name, ciphertext: utf8(ciphertext) })).toMatchObject({
    code: "STATE_DENIED",
  })
})

test("a data key is rewrapped from a compromised version without saying why, since it stays inside", async () => {
  const name = await newKey({ purpose: "key-wrapping" })
  const { wrapped } = await vault.ask("key.datakey", { name })
  await vault.ask("key.compromise", { name, reason })
  await vault.ask("key.rotate", { name })
  expect(await vault.ask("key.rewrap", { name, wrapped: utf8(wrapped) })).toMatchObject({
    keyVersion: 2,
    fromVersion: 1,
  })
})

test("a signature of a compromised version is not believed beside a new one, unless somebody says why", async () => {
  const name = await newKey({ algorithm: "ed25519", purpose: "signature" })
  const message = () => utf8("release 1")
  const { signature } = await vault.ask("key.sign", { name, message: message() })
  await vault.ask("key.compromise", { name, reason })
  await vault.ask("key.rotate", { name })
  const verify = (more: { reason?: string }) =>
    vault.ask("key.verify", { name, message: message(), signature: new Uint8Array(signature), ...more })
  expect(await verify({})).toMatchObject({ valid: false })
  expect(await verify({ reason: "made before the theft" })).toMatchObject({ valid: true, keyVersion: 1 })
})

test("what is compromised is so once", async () => {
  const name = await newKey()
  await vault.ask("key.compromise", { name, reason })
  expect(await vault.refusal("key.compromise", { name, reason })).toMatchObject({ code: "STATE_DENIED" })
})

test("a compromise does not begin tomorrow", async () => {
  const name = await newKey()
  const refused = await vault.refusal("key.compromise", { name, reason, since: "2026-03-02" })
  expect(refused).toMatchObject({ code: "INVALID_INPUT" })
})

test("the blast radius counts what the log knows", async () => {
  const name = await newKey({ environment: "production", purpose: "encryption" })
  await vault.ask("key.encrypt", { name, plaintext: utf8("a") })
  await vault.ask("key.encrypt", { name, plaintext: utf8("b") })
  const before = await vault.ask("incident.preview", { name })
  expect(before.versions).toEqual([1])
  expect(before.blastRadius).toMatchObject([
    { kind: "ciphertexts", effect: "exposed", count: 2 },
    { kind: "system", effect: "exposed", name: "production" },
    { kind: "user", effect: "used", name: "ann", count: 2 },
  ])
})

test("a key that it wrapped for others is exposed with it, and the wrapped copy is one of that key", async () => {
  const name = await newKey({ purpose: "key-wrapping" })
  const other = await newKey({ exportable: "wrapped" })
  await vault.ask("key.wrap", { name, secret: { key: other } })
  await vault.ask("key.set", { name: other, rename: `${other}, renamed` })
  const { blastRadius } = await vault.ask("incident.preview", { name })
  expect(blastRadius).toContainEqual({
    kind: "key",
    effect: "exposed",
    name: `${other}, renamed`,
    how: `${name} wrapped it`,
    distance: 1,
  })
  const ofOther = await vault.ask("incident.preview", { name: `${other}, renamed` })
  expect(ofOther.blastRadius).toMatchObject([
    { kind: "copy", effect: "holds", name: "wrapped", how: `exported by ann (under ${name})` },
    { kind: "user" },
  ])
})

test("the steps have an owner, a day and a state from the beginning", async () => {
  const name = await newKey({ owner: "bo" })
  await vault.ask("key.encrypt", { name, plaintext: utf8("a") })
  const { actions } = await vault.ask("key.compromise", { name, reason })
  expect(actions.map(({ step, state, owner }) => [step, state, owner])).toEqual([
    ["contain", "done", "bo"],
    ["replace", "open", "bo"],
    ["rewrap", "open", "bo"],
    ["revoke", "not-needed", "bo"],
    ["destroy", "open", "bo"],
    ["review", "open", "bo"],
  ])
  expect(actions[1]?.dueAt).toBe("2026-03-02T12:00:00.000Z")
})

test("a step of which the vault shows nothing is done only by somebody who says how", async () => {
  const name = await newKey()
  await vault.ask("key.compromise", { name, reason })
  const replaced = { incident: name, step: "replace", state: "done" } as const
  expect(await vault.refusal("incident.step", replaced)).toMatchObject({ code: "INVALID_INPUT" })
  await vault.ask("key.rotate", { name })
  const { actions } = await vault.ask("incident.step", replaced)
  expect(actions.find(({ step }) => step === "replace")).toMatchObject({
    state: "done",
    evidence: "Version 2 does the work.",
  })
})

test("an incident ends when nothing is open any more, and with a cause", async () => {
  const name = await newKey()
  await vault.ask("key.compromise", { name, reason })
  const rootCause = "the disk was not encrypted"
  const early = await vault.refusal("incident.close", { incident: name, rootCause })
  expect(early).toMatchObject({ code: "STATE_DENIED", detail: "the incident has open steps: replace, destroy" })
  for (const step of ["replace", "destroy"] as const) {
    await vault.ask("incident.step", { incident: name, step, state: "done", note: "by hand" })
  }
  const closed = await vault.ask("incident.close", { incident: name, rootCause })
  expect(closed).toMatchObject({ rootCause, closedAt: expect.any(String) })
  expect(closed.actions.every(({ state }) => state !== "open")).toBe(true)
  expect(await vault.refusal("incident.step", { incident: name, step: "review", state: "open" })).toMatchObject({
    code: "STATE_DENIED",
  })
})

test("a key that was derived is exposed with the key it came from", async () => {
  const name = await newKey({ purpose: "key-agreement", algorithm: "x25519" })
  const { key } = await vault.ask("key.show", { name }).then(async () => {
    const { exported } = await vault.ask("key.export", { name, format: "spki-pem", protection: { kind: "public" } })
    return await vault.ask("key.derive", {
      name,
      peer: new Uint8Array(exported),
      as: { name: `${name}, derived`, algorithm: "aes-256" },
    })
  })
  const { blastRadius } = await vault.ask("incident.preview", { name })
  expect(blastRadius[0]).toMatchObject({ kind: "key", effect: "exposed", name: key?.name, distance: 1 })
})

test("a compromised seed is rotated to a new one, and the old words are still there to move from", async () => {
  await vault.ask("seed.generate", { name: "savings", words: 12 })
  await vault.ask("key.compromise", { name: "savings", reason })
  expect(await vault.ask("seed.rotate", { name: "savings" })).toMatchObject({ version: 2, state: "active" })
  expect((await statesOf("savings")).slice(1)).toEqual(["compromised", "active"])
  const { revealed } = await vault.ask("seed.reveal", {
    name: "savings",
    version: 1,
    confirmed: true,
    passphrase: passphrase(),
  })
  expect(revealed.length).toBeGreaterThan(0)
})

// The last one: the clock of a vault never goes back.
test("who used it counts from the moment on that is known", async () => {
  const name = await newKey()
  await vault.ask("key.encrypt", { name, plaintext: utf8("a") })
  vault.at = noon + 2 * day
  await vault.ask("key.encrypt", { name, plaintext: utf8("b") })
  const { blastRadius } = await vault.ask("incident.preview", { name, since: "2026-03-02" })
  expect(blastRadius).toMatchObject([
    { kind: "ciphertexts", count: 2 },
    { kind: "user", count: 1, first: "2026-03-03T12:00:00.000Z" },
  ])
})

test("whoever names the key means the incident that is open, not a rehearsal of it since", async () => {
  const name = await newKey()
  const { incident } = await vault.ask("key.compromise", { name, reason })
  await vault.ask("key.compromise", { name, reason: "exercise", rehearse: true })
  expect((await vault.ask("incident.show", { incident: name })).id).toBe(incident)
})

test("an incident calls its key as it is called now, when another key has got its old name", async () => {
  const name = await newKey()
  const { incident } = await vault.ask("key.compromise", { name, reason })
  await vault.ask("key.set", { name, rename: `${name}, stolen` })
  await vault.generate(name)
  expect((await vault.ask("incident.show", { incident })).key.name).toBe(`${name}, stolen`)
  expect((await vault.ask("incident.list", {})).incidents.map(({ key }) => key.name)).toContain(`${name}, stolen`)
  await vault.ask("incident.step", { incident, step: "destroy", owner: "bo" })
  const { rows } = await vault.ask("audit.list", { action: "incident.step" })
  expect(rows.at(-1)?.target).toBe(`${name}, stolen`)
})

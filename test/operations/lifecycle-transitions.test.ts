import { generateKeyPairSync } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { mayFollow } from "../../main/domain/key-state.ts"
import { usualPurpose } from "../../main/domain/purpose.ts"
import { KeyAlgorithm, KeyState } from "../../preload/contract/values.ts"
import { TestVault, utf8 } from "../support/vaults.ts"

// T35; by the window in states-by-window.test.ts.

const noon = Date.parse("2026-03-01T12:00:00.000Z")
const day = 24 * 3_600_000

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create({ at: noon, actor: "ann" })
})

afterAll(() => vault[Symbol.dispose]())

/** RSA takes long to generate: one key of each size is imported again and again. */
const rsaKeys = new Map<string, string>()

function rsaKey(algorithm: KeyAlgorithm): string {
  const known = rsaKeys.get(algorithm)
  if (known !== undefined) return known
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: Number(algorithm.slice(4)) })
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString()
  rsaKeys.set(algorithm, pem)
  return pem
}

let made = 0

async function newKey(algorithm: KeyAlgorithm, notBefore?: string): Promise<string> {
  made += 1
  const name = `${algorithm} ${made}`
  const dates = notBefore === undefined ? {} : { notBefore }
  if (algorithm.startsWith("rsa-")) {
    await vault.ask("key.import", { name, file: utf8(rsaKey(algorithm)), ...dates })
  } else await vault.ask("key.generate", { name, algorithm, purpose: usualPurpose(algorithm), ...dates })
  return name
}

/** The states in which nothing waits. */
const reachable = ["pre-active", "active", "suspended", "deactivated", "compromised", "destroyed"] as const
type Reachable = (typeof reachable)[number]

const reason = "because it is a test"
const later = "2026-03-20T00:00:00.000Z"

/** A key of this algorithm, brought to this state by what leads there. */
async function keyIn(state: Reachable, algorithm: KeyAlgorithm): Promise<string> {
  const name = await newKey(algorithm, state === "pre-active" ? later : undefined)
  if (state === "suspended") await vault.ask("key.suspend", { name, reason })
  if (state === "deactivated") await vault.ask("key.deactivate", { name, reason })
  if (state === "compromised") await vault.ask("key.compromise", { name, reason })
  if (state === "destroyed") await vault.ask("key.destroy", { name, reason, confirmed: true })
  return name
}

/** What asks for a state. */
const operations = {
  active: "key.resume",
  suspended: "key.suspend",
  deactivated: "key.deactivate",
  compromised: "key.compromise",
  destroyed: "key.destroy",
} as const

function ask(name: string, to: keyof typeof operations) {
  const input = to === "destroyed" ? { name, reason, confirmed: true } : { name, reason }
  return vault.claviger.dispatch(operations[to], input)
}

/** Only the calendar begins a key's work: nobody resumes what was never suspended. */
function isAllowed(from: Reachable, to: keyof typeof operations): boolean {
  return to === "active" ? from === "suspended" : mayFollow(from, to)
}

const targets = ["active", "suspended", "deactivated", "compromised", "destroyed"] as const

test.for(KeyAlgorithm.options)(
  "a %s key changes its state only as the standard allows, and the log says who, when and why",
  { timeout: 120_000 },
  async (algorithm) => {
    for (const from of reachable) {
      for (const to of targets) {
        const name = await keyIn(from, algorithm)
        const before = await vault.ask("key.show", { name })
        const reply = await ask(name, to)
        const after = await vault.ask("key.show", { name })
        const { rows } = await vault.ask("audit.list", { key: name, action: operations[to] })
        if (isAllowed(from, to)) {
          expect([from, to, reply.ok]).toEqual([from, to, true])
          expect(after.state).toBe(to)
          expect(after.versions.map(({ state }) => state)).toEqual([to])
          expect(rows.at(-1)).toMatchObject({
            actor: "ann",
            at: "2026-03-01T12:00:00.000Z",
            outcome: "done",
            detail: { reason },
          })
        } else {
          expect([from, to, reply]).toMatchObject([from, to, { ok: false, error: { code: "STATE_DENIED" } }])
          expect(after).toEqual(before)
          expect(rows.at(-1)).toMatchObject({
            actor: "ann",
            target: name,
            outcome: "denied",
            detail: { code: "STATE_DENIED" },
          })
        }
      }
    }
  },
)

test("the whole matrix is that of NIST SP 800-57, with a waiting time before destruction", () => {
  const edges = KeyState.options.flatMap((from) =>
    KeyState.options.filter((to) => mayFollow(from, to)).map((to) => `${from} -> ${to}`),
  )
  expect(edges).toEqual([
    "pre-active -> active",
    "pre-active -> compromised",
    "pre-active -> pending-destruction",
    "pre-active -> destroyed",
    "active -> suspended",
    "active -> deactivated",
    "active -> compromised",
    "active -> pending-destruction",
    "active -> destroyed",
    "suspended -> active",
    "suspended -> deactivated",
    "suspended -> compromised",
    "suspended -> pending-destruction",
    "suspended -> destroyed",
    "deactivated -> compromised",
    "deactivated -> pending-destruction",
    "deactivated -> destroyed",
    "compromised -> pending-destruction",
    "compromised -> destroyed",
    "pending-destruction -> compromised",
    "pending-destruction -> destroyed",
  ])
})

test("a key for later becomes active by the calendar, without being unlocked again", async () => {
  const name = await newKey("aes-256", "2026-03-05")
  vault.at = noon + 5 * day
  try {
    const { keyVersion } = await vault.ask("key.encrypt", { name, plaintext: utf8("x") })
    expect(keyVersion).toBe(1)
    const { rows } = await vault.ask("audit.list", { key: name })
    expect(rows.map(({ action }) => action)).toEqual(["key.generate", "key.activate", "key.encrypt"])
  } finally {
    vault.at = noon
  }
})

test("a reason is asked for, and is not empty", async () => {
  const name = await newKey("aes-256")
  for (const given of [undefined, "", "  "]) {
    const reply = await vault.claviger.dispatch("key.suspend", { name, reason: given })
    expect(reply).toMatchObject({ ok: false, error: { code: "INVALID_INPUT" } })
  }
})

test("all versions that stood where the key stood move with it, and the others stay", async () => {
  const name = await newKey("aes-256")
  await vault.ask("key.rotate", { name })
  const suspended = await vault.ask("key.suspend", { name, reason })
  expect(suspended.versions.map(({ state }) => state)).toEqual(["deactivated", "suspended"])
  const resumed = await vault.ask("key.resume", { name, reason })
  expect(resumed.versions.map(({ state }) => state)).toEqual(["deactivated", "active"])
})

test("a key that is neither active nor compromised does not rotate", async () => {
  for (const state of ["pre-active", "suspended", "deactivated", "destroyed"] as const) {
    const name = await keyIn(state, "aes-256")
    expect(await vault.refusal("key.rotate", { name })).toMatchObject({ code: "STATE_DENIED" })
  }
})

test("destroying is confirmed, and nothing happens until it is", async () => {
  const name = await newKey("aes-256")
  const unconfirmed = { name, reason, confirmed: false }
  expect(await vault.refusal("key.destroy", unconfirmed)).toMatchObject({ code: "CONFIRMATION_REQUIRED" })
  expect(await vault.ask("key.show", { name })).toMatchObject({ state: "active" })
})

test("a tombstone keeps its history and its public key's fingerprint, and is there for good", async () => {
  const name = await newKey("ed25519")
  const { fingerprint } = await vault.ask("key.show", { name })
  const { certificate } = await vault.ask("key.destroy", { name, reason, confirmed: true })
  expect(certificate).toMatchObject({ name, algorithm: "ed25519", reason, versions: [{ version: 1, fingerprint }] })
  expect(await vault.ask("key.show", { name })).toMatchObject({ state: "destroyed", fingerprint })
  expect(await vault.refusal("key.generate", { name, algorithm: "ed25519", purpose: "signature" })).toMatchObject({
    code: "ALREADY_EXISTS",
  })
  const { rows } = await vault.ask("audit.list", { limit: 10_000 })
  expect(rows.find(({ seq }) => seq === certificate.audit.seq)?.hash).toBe(certificate.audit.hash)
})

import { afterAll, beforeAll, expect, test } from "vitest"
import { mayFollow } from "../../main/domain/key-state.ts"
import type { KeyState } from "../../preload/contract/values.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { type WindowDoor, windowDoorOf } from "../support/window-door.ts"

let vault: TestVault
let door: WindowDoor
let made = 0

beforeAll(async () => {
  vault = await TestVault.create({ at: Date.parse("2026-03-01T12:00:00.000Z"), actor: "ann" })
  door = windowDoorOf(vault)
})
afterAll(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

const reason = "because it is a test"

/** What asks for a state, by the window. */
const acts = {
  active: "key.resume",
  suspended: "key.suspend",
  deactivated: "key.deactivate",
  compromised: "key.compromise",
  "pending-destruction": "key.schedule-destroy",
  destroyed: "key.destroy",
} as const
type Target = keyof typeof acts
const targets = ["active", "suspended", "deactivated", "compromised", "pending-destruction", "destroyed"] as const
const states: readonly KeyState[] = ["pre-active", ...targets]

function ask(name: string, to: Target) {
  return door.dispatch(acts[to], { name, reason, ...(to === "destroyed" ? { confirmed: true } : {}) })
}

async function keyIn(state: KeyState): Promise<string> {
  made += 1
  const name = `key ${made}`
  const dates = state === "pre-active" ? { notBefore: "2026-03-20T00:00:00.000Z" } : {}
  await vault.ask("key.generate", { name, algorithm: "ed25519", purpose: "signature", ...dates })
  if (state !== "pre-active" && state !== "active") expect((await ask(name, state)).ok).toBe(true)
  return name
}

/** Only the calendar begins a key's work. */
function isAllowed(from: KeyState, to: Target): boolean {
  if (to === "active") return from === "suspended"
  return mayFollow(from, to)
}

// T35: by the window as by any other door. Both halves of the pair move together: the key has one state.
test.for(states.flatMap((from) => targets.map((to) => [from, to] as const)))(
  "in the window a key that is %s becomes %s only where the standard allows it, and the log says who, when and why",
  async ([from, to]) => {
    const name = await keyIn(from)
    const before = await vault.ask("key.show", { name })
    const reply = await ask(name, to)
    const after = await vault.ask("key.show", { name })
    const { rows } = await vault.ask("audit.list", { key: name, action: acts[to], newest: true })
    expect(reply.ok).toBe(isAllowed(from, to))
    const isDone = reply.ok
    const [row] = rows
    expect(row).toMatchObject({ actor: "ann", at: "2026-03-01T12:00:00.000Z", outcome: isDone ? "done" : "denied" })
    if (isDone) expect(row?.detail["reason"]).toBe(reason)
    else expect(after.versions).toEqual(before.versions)
    if (isDone && from !== "pending-destruction") expect([after.state, after.versions[0]?.state]).toEqual([to, to])
  },
)

// T36
test.for(states)("in the window a key that is %s protects something new only when it is active", async (state) => {
  const name = await keyIn(state)
  const reply = await door.dispatch("key.sign", { name, message: utf8("x") })
  expect(reply.ok).toBe(state === "active")
  if (!reply.ok) expect(reply.error.code).toBe("STATE_DENIED")
})

import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"

const waits = vi.hoisted((): number[] => [])

vi.mock("node:timers/promises", async (original) => ({
  ...(await original<typeof import("node:timers/promises")>()),
  setTimeout: async (milliseconds: number) => void waits.push(milliseconds),
}))

let vault: TestVault

beforeEach(async () => {
  // The time that a try takes is not counted: the clock stands.
  vault = await TestVault.create({ at: Date.now() })
  await vault.generate("a key", { exportable: "yes" })
  waits.length = 0
})

afterEach(() => vault[Symbol.dispose]())

/** Everything that asks for the passphrase again while the vault is open. */
const askers = {
  "key.export": (text?: string) =>
    vault.claviger.dispatch("key.export", {
      name: "a key",
      format: "raw",
      protection: { kind: "plaintext", passphrase: passphrase(text), confirmed: true },
    }),
  "vault.kdf": (text?: string) =>
    vault.claviger.dispatch("vault.kdf", { passphrase: passphrase(text), kdf: lowMemoryKdf }),
  "vault.rekey": (text?: string) =>
    vault.claviger.dispatch("vault.rekey", { passphrase: passphrase(text), alsoPassphrases: [], confirmed: true }),
}

test.for(Object.entries(askers))("%s makes whoever guesses wait longer each time", async ([, ask]) => {
  for (let tries = 1; tries <= 6; tries++) {
    expect(await ask("wrong")).toMatchObject({ ok: false, error: { code: "WRONG_PASSPHRASE" } })
  }
  expect(waits).toEqual([0, 0, 0, 100, 200, 400])
})

test.for(Object.entries(askers))("after %s with the right passphrase nobody waits any more", async ([, ask]) => {
  for (let tries = 1; tries <= 4; tries++) await ask("wrong")
  expect(await ask()).toMatchObject({ ok: true })
  waits.length = 0
  await ask("wrong")
  expect(waits).toEqual([0])
})

test("what was guessed in an open vault slows the next unlocking too, and is logged with it", async () => {
  for (let tries = 1; tries <= 4; tries++) await askers["key.export"]("wrong")
  vault.lock()
  waits.length = 0
  expect(await vault.unlock()).toMatchObject({ failedAttempts: 4 })
  expect(waits).toEqual([200])
})

test("what has passed since the last wrong try is not waited for again", async () => {
  vault.lock()
  for (let tries = 1; tries <= 5; tries++) await vault.unlockRefusal("wrong")
  const { path } = vault
  expect(await vault.ask("vault.info", { path })).toMatchObject({ waitMs: 400 })
  vault.at = (vault.at ?? 0) + 150
  expect(await vault.ask("vault.info", { path })).toMatchObject({ waitMs: 250 })
  vault.at += 250
  expect(await vault.ask("vault.info", { path })).not.toHaveProperty("waitMs")
  waits.length = 0
  await vault.unlock()
  expect(waits).toEqual([0])
})

test("who sets the clock back waits no longer than before", async () => {
  vault.lock()
  for (let tries = 1; tries <= 4; tries++) await vault.unlockRefusal("wrong")
  vault.at = (vault.at ?? 0) - 86_400_000
  waits.length = 0
  await vault.unlockRefusal("wrong")
  expect(waits).toEqual([200])
})

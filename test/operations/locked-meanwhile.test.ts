import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { OperationName } from "../../preload/contract/index.ts"
import { TestVault } from "../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  vault.claviger.group.begin()
  for (let number = 0; number < 2000; number += 1) {
    await vault.ask("key.generate", { name: `key ${number}`, algorithm: "aes-256", purpose: "encryption" })
  }
  vault.claviger.group.commit()
}, 120_000)

afterEach(() => vault[Symbol.dispose]())

/** Each takes several turns of the event loop over these keys. */
const longOnes: readonly (readonly [OperationName, (time: number) => object])[] = [
  ["audit.verify", () => ({})],
  ["audit.summary", () => ({})],
  ["audit.export", (time) => ({ out: join(vault.folder, `${time}.jsonl`) })],
  ["vault.verify", () => ({})],
  ["keyring.rotate", () => ({ name: "personal" })],
]

test.for(longOnes)(
  "whoever locks in the midst of %s hears that or has it, and nothing is reported as a bug",
  async ([name, input]) => {
    for (const turns of [1, 2, 3, 5, 8]) {
      const asked = vault.claviger.dispatch(name, input(turns))
      for (let turn = 0; turn < turns; turn += 1) await setImmediate()
      await vault.claviger.dispatch("vault.lock", {})
      const reply = await asked
      if (!reply.ok) expect(reply.error).toEqual({ code: "VAULT_LOCKED" })
      await vault.unlock()
    }
    expect(vault.bugs).toEqual([])
    expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  },
)

import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { hash } from "argon2"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { argon2id } from "../../main/crypto/argon2id.ts"
import { Secret } from "../../main/domain/secret.ts"
import { Base64 } from "../../main/store/base64.ts"
import { isPassphraseSlot } from "../../main/store/keyslot-kinds.ts"
import type { Failure } from "../../preload/contract/failure.ts"
import { cannotScan, scanProcess } from "../support/memory-scan.ts"
import type { Needle } from "../support/needle-patterns.ts"
import { RunningProgram } from "../support/running-program.ts"
import { internalsOf } from "../support/vault-internals.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { piecesOf } from "./needle-pieces.ts"

// Both do what they always do, and can be asked how they were called; but nobody waits.
vi.mock("argon2", { spy: true })
vi.mock("node:timers/promises", { spy: true })

describe("of fifty wrong passphrases, from one character to a thousand,", () => {
  const wrongOnes = Array.from({ length: 50 }, (_, index) => "x".repeat(1 + index * 20))
  const costs: unknown[] = []
  const waits: unknown[] = []
  const refusals: Failure[] = []
  const wait = vi.mocked(setTimeout)
  let vault: TestVault

  beforeAll(async () => {
    wait.mockResolvedValue(undefined)
    // Its clock stands: what each try takes would be taken off the wait for the next.
    vault = await lockedVault(Date.parse("2026-01-02T03:04:05Z"))
    vi.clearAllMocks()
    for (const wrong of wrongOnes) refusals.push(await vault.unlockRefusal(wrong))
    costs.push(...vi.mocked(hash).mock.calls.map(([, options]) => options))
    waits.push(...wait.mock.calls.map(([milliseconds]) => milliseconds))
  }, 120_000)

  afterAll(() => {
    vault[Symbol.dispose]()
    wait.mockReset()
  })

  test("each is refused with the same words", () => {
    expect(refusals).toEqual(wrongOnes.map(() => ({ code: "WRONG_PASSPHRASE" })))
  })

  test("each costs one derivation, and the same one", () => {
    expect(costs).toHaveLength(wrongOnes.length)
    for (const cost of costs) expect(cost).toEqual(costs[0])
  })

  test("a slip or two cost no wait; each further one doubles the wait for the next, up to three seconds", () => {
    expect(waits.slice(0, 10)).toEqual([0, 0, 0, 100, 200, 400, 800, 1600, 3000, 3000])
    expect(new Set(waits.slice(10))).toEqual(new Set([3000]))
  })

  test("none locks the vault for good: the right one opens it, learns of them and logs them, and the wait is over", async () => {
    expect(await vault.unlock()).toMatchObject({ failedAttempts: 50 })
    const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
    expect(rows.at(-1)).toMatchObject({ outcome: "done", detail: { failedAttempts: 50 } })
    vault.lock()
    wait.mockClear()
    expect(await vault.unlock()).toMatchObject({ failedAttempts: 0 })
    expect(wait.mock.calls).toEqual([[0]])
  })
})

/** Not words, which the text of a program may hold too. */
const wrongPassphrase = "wL2j-Ky9h_Pn4Ts7-Vg1M_Bd8R-Fu6c"

test.skipIf(cannotScan !== null)(
  "a failed unlock leaves nothing of the passphrase in memory, nor of what is derived of it",
  async () => {
    using vault = await lockedVault()
    writeFileSync(join(vault.folder, "wrong"), wrongPassphrase)
    const needles = [{ name: "wrong passphrase", bytes: utf8(wrongPassphrase) }, ...(await keyslotKeys(vault.path))]
    const file = join(import.meta.dirname, "programs", "fail-to-unlock.ts")
    await using program = RunningProgram.start(file, ["env", `FOLDER=${vault.folder}`])
    expect(await program.hear()).toBe("WRONG_PASSPHRASE")
    expect(await scanProcess(program.pid, needles.flatMap(piecesOf))).toEqual([])
  },
)

async function lockedVault(at?: number): Promise<TestVault> {
  const vault = await TestVault.create(at === undefined ? {} : { at })
  vault.lock()
  return vault
}

async function keyslotKeys(path: string): Promise<Needle[]> {
  const { header } = await internalsOf(path)
  return await Promise.all(
    header.keyslots.filter(isPassphraseSlot).map(async ({ kdf: { salt, ...cost } }) => {
      using passphrase = new Secret(utf8(wrongPassphrase))
      const { bytes } = await argon2id(passphrase, { ...cost, salt: Base64.parse(salt) })
      return { name: "keyslot key", bytes }
    }),
  )
}

import { afterAll, beforeAll, expect, test } from "vitest"
import { AuditChain } from "../../main/store/audit-chain.ts"
import { readVaultState, writeVaultState } from "../../main/store/vault-state.ts"
import { longestTurnOf, processorMs } from "../support/processor-time.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

// T41; that nothing happens that can't be logged is in edited-log.test.ts and full-disk.test.ts.

/** `npm run bench` does it with a million. */
const rows = 100_000

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create()
  vault.lock()
  const internals = await internalsOf(vault.path)
  editDatabase(internals, (db) => {
    const chain = new AuditChain(db, internals.keys.auditMac)
    db.transaction(() => {
      const state = readVaultState(db)
      let { head, generation } = state
      while (head.seq < rows) {
        generation += 1
        const entry = { action: "key.sign", target: "a key" } as const
        ;({ head } = chain.append(head, "tester", "2026-03-01T12:00:00.000Z", entry, { generation }))
      }
      writeVaultState(db, { ...state, head, generation })
    })()
  })
  await vault.unlock()
}, 60_000)

afterAll(() => vault[Symbol.dispose]())

test("100,000 rows are verified within a tenth of the minute that a million may take, in short turns", async () => {
  const start = processorMs()
  const { longest, result } = await longestTurnOf(() => vault.ask("audit.verify", {}))
  const ms = processorMs() - start
  expect(result).toMatchObject({ ok: true, rows: rows + 1 })
  expect(ms).toBeLessThan(6000)
  // A turn is 6 ms; beside that, garbage is collected now and then.
  expect(longest).toBeLessThan(500)
})

test("a bad row among 100,000 is named", async () => {
  using copy = TestVault.copyOf(vault)
  const internals = await internalsOf(copy.path)
  editDatabase(internals, (db) => db.exec("UPDATE audit SET body = replace(body, 'a key', 'b key') WHERE seq = 77777"))
  await copy.unlock()
  expect(await copy.ask("audit.verify", {})).toMatchObject({ ok: false, firstBad: 77_777 })
})

test("opening does not take longer for a long log", async () => {
  vault.lock()
  using short = await TestVault.create()
  short.lock()
  const timed = async (opened: TestVault) => {
    const start = processorMs()
    await opened.unlock()
    const ms = processorMs() - start
    opened.lock()
    return ms
  }
  await timed(short)
  const [long, brief] = [await timed(vault), await timed(short)]
  expect(long).toBeLessThan(brief + 1000)
})

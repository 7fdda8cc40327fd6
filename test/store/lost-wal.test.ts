import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { framesOf, pageSize } from "../support/encrypted-pages.ts"
import { TestVault } from "../support/vaults.ts"
import { otherProcess } from "./other-process.ts"

/** As a process left it that was killed after three keys were made, before it could empty the write-ahead log. */
let crashed: TestVault
let wal: Buffer

const walOf = ({ path }: TestVault) => join(path, "inventory.db-wal")
const frameSize = 24 + pageSize

beforeAll(async () => {
  crashed = await TestVault.create()
  crashed.lock()
  await using other = otherProcess(crashed, "change")
  expect(await other.hear()).toMatchObject({ actions: expect.arrayContaining(["key.generate"]) })
  await other[Symbol.asyncDispose]()
  wal = readFileSync(walOf(crashed))
}, 30_000)

afterAll(() => crashed[Symbol.dispose]())

test("the killed process left its changes in the write-ahead log, and its lock", () => {
  expect(framesOf(wal).length).toBeGreaterThan(20)
  expect(existsSync(join(crashed.path, "vault.lock"))).toBe(true)
})

test("after kill -9 the vault opens with every change", async () => {
  using vault = TestVault.copyOf(crashed)
  await vault.unlock()
  expect((await vault.ask("key.list", {})).keys).toHaveLength(3)
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})

const losses: readonly (readonly [what: string, (vault: TestVault) => void])[] = [
  ["deleted", (vault) => rmSync(walOf(vault))],
  ["emptied", (vault) => truncateSync(walOf(vault), 0)],
  ["cut to its header", (vault) => truncateSync(walOf(vault), 32)],
  ["cut after its first half", (vault) => truncateSync(walOf(vault), Math.floor(wal.length / 2))],
  ["cut in its last frame", (vault) => truncateSync(walOf(vault), wal.length - 100)],
  ["cut before its last frame", (vault) => truncateSync(walOf(vault), wal.length - frameSize)],
  ["flipped in its last frame", (vault) => flip(vault, wal.length - 2000)],
  ["flipped in its last frame's header", (vault) => flip(vault, wal.length - frameSize + 3)],
  ["flipped in its middle", (vault) => flip(vault, 32 + Math.floor(wal.length / 2 / frameSize) * frameSize + 1000)],
  ["flipped in its header", (vault) => flip(vault, 17)],
  ["replaced by noise", (vault) => writeFileSync(walOf(vault), Buffer.alloc(wal.length, 0x5a))],
]

function flip(vault: TestVault, at: number): void {
  const bytes = Buffer.from(wal)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at)
  writeFileSync(walOf(vault), bytes)
}

test.for(losses)("changes lost with a write-ahead log that was %s are not lost in silence", async ([, lose]) => {
  using vault = TestVault.copyOf(crashed)
  lose(vault)
  const { code } = await vault.unlockRefusal()
  expect(["ROLLBACK_DETECTED", "VAULT_CORRUPT"]).toContain(code)
  expect(vault.bugs).toEqual([])
})

test("a write-ahead log that was missing may be put back after the refusal: nothing is lost", async () => {
  using vault = TestVault.copyOf(crashed)
  rmSync(walOf(vault))
  await vault.unlockRefusal()
  writeFileSync(walOf(vault), wal)
  await vault.unlock()
  expect((await vault.ask("key.list", {})).keys).toHaveLength(3)
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})

test("a vault whose write-ahead log is lost opens with --accept-rollback, and says so in its log", async () => {
  using vault = TestVault.copyOf(crashed)
  rmSync(walOf(vault))
  await vault.unlock(undefined, true)
  expect((await vault.ask("key.list", {})).keys).toHaveLength(0)
  const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
  expect(rows.at(-1)?.detail["notes"]).toEqual(["rollback-accepted: older"])
})

test("an index of the write-ahead log that is garbage changes nothing", async () => {
  using vault = TestVault.copyOf(crashed)
  writeFileSync(join(vault.path, "inventory.db-shm"), Buffer.alloc(32_768, 0x5a))
  await vault.unlock()
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 3 } })
})

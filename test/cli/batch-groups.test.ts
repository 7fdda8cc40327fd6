import { expect, test, vi } from "vitest"
import { type Grouping, type LineAnswer, runGroups } from "../../main/cli/batch-groups.ts"
import type { BatchLine } from "../../main/cli/batch-lines.ts"
import type { InBatch } from "../../main/cli/command.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import type { Failure } from "../../preload/contract/failure.ts"
import { threadMs } from "../support/processor-time.ts"
import { TestVault } from "../support/vaults.ts"

const diskFull: Failure = { code: "DISK_FULL" }
const denied: Failure = { code: "STATE_DENIED" }
const bySign: Record<string, InBatch> = { b: "bulk", g: "grouped", a: "alone" }

interface SetUp {
  /** One word a line: `b1` is bulk, `g1` grouped, `a1` alone, `?` not understood; `!` at its end fails. */
  readonly words: readonly string[]
  readonly grouping?: Partial<Grouping>
  readonly failsAt?: "begin" | "commit"
  readonly isUnread?: boolean
  /** Called while each line is worked off. */
  readonly onLine?: () => void
}

/** Runs the words and keeps in what order things were done and answered. */
async function run({ words, grouping, failsAt, isUnread = false, onLine }: SetUp) {
  const happened: string[] = []
  const step = (name: "begin" | "commit" | "rollback") => () => {
    happened.push(name)
    if (name === failsAt) throw new Error(name)
  }
  const lines: BatchLine[] = words.map((text, index) => ({ number: index + 1, text }))
  const ended = await runGroups(
    {
      lines: { take: () => lines.shift(), more: () => Promise.resolve(lines.length > 0) },
      group: { begin: step("begin"), commit: step("commit"), rollback: step("rollback") },
      asFailure: () => diskFull,
      understand: ({ text }) => ({
        inBatch: bySign[text?.charAt(0) ?? ""] ?? "any",
        run: () => {
          happened.push(text ?? "")
          onLine?.()
          const fails = text?.endsWith("!") === true || text === "?"
          return Promise.resolve(fails ? { ok: false, failure: denied } : { ok: true, result: { text } })
        },
      }),
      write: (answers) => {
        happened.push(answers.map(shown).join(" "))
        return Promise.resolve(!isUnread)
      },
    },
    { stop: false, commitEvery: undefined, ...grouping },
  )
  return { happened, ended }
}

function shown(answer: LineAnswer): string {
  return answer.ok ? "ok" : answer.failure.code
}

test("bulk lines become durable together, and only then are answered", async () => {
  const { happened } = await run({ words: ["b1", "b2", "b3"] })
  expect(happened).toEqual(["begin", "b1", "b2", "b3", "commit", "ok ok ok"])
})

test("any other line ends the group and runs by itself", async () => {
  const { happened } = await run({ words: ["b1", "g1", "a1", "b2"] })
  expect(happened).toEqual(["begin", "b1", "commit", "ok", "g1", "ok", "a1", "ok", "begin", "b2", "commit", "ok"])
})

test("a group ends when it is as large as it may be", async () => {
  const { happened } = await run({ words: ["b1", "b2", "b3"], grouping: { commitEvery: 2 } })
  expect(happened).toEqual(["begin", "b1", "b2", "commit", "ok ok", "begin", "b3", "commit", "ok"])
})

test("a bulk group ends after a thousand lines", async () => {
  using _ = clockAt(() => 0)
  const { happened } = await run({ words: Array.from({ length: 1001 }, (_, index) => `b${index}`) })
  expect(happened.filter((what) => what === "commit")).toHaveLength(2)
  expect(happened.indexOf("commit")).toBe(happened.indexOf("b999") + 1)
})

test("a bulk group ends sooner when its lines have taken 100 ms, so that its commit stays short", async () => {
  let now = 0
  using _ = clockAt(() => now)
  const advance = () => {
    now += 40
  }
  const { happened } = await run({ words: ["b1", "b2", "b3", "b4"], onLine: advance })
  expect(happened).toEqual(["begin", "b1", "b2", "b3", "commit", "ok ok ok", "begin", "b4", "commit", "ok"])
  const asked = await run({ words: ["b1", "b2", "b3", "b4"], grouping: { commitEvery: 4 }, onLine: advance })
  expect(asked.happened).toEqual(["begin", "b1", "b2", "b3", "b4", "commit", "ok ok ok ok"])
})

function clockAt(now: () => number): Disposable {
  return vi.spyOn(performance, "now").mockImplementation(now)
}

test("--commit-every groups other lines too, but never those that must stand alone", async () => {
  const { happened } = await run({ words: ["b1", "g1", "g2", "a1"], grouping: { commitEvery: 10 } })
  expect(happened).toEqual(["begin", "b1", "g1", "g2", "commit", "ok ok ok", "a1", "ok"])
})

test("a line that fails stays in its place, and the group goes on", async () => {
  const { happened, ended } = await run({ words: ["b1", "b2!", "?", "b3"] })
  expect(happened).toEqual(["begin", "b1", "b2!", "?", "b3", "commit", "ok STATE_DENIED STATE_DENIED ok"])
  expect(ended).toBeNull()
})

test("when a group can't be committed, no line of it is answered as done", async () => {
  const { happened } = await run({ words: ["b1", "b2!", "b3", "a1"], failsAt: "commit" })
  expect(happened.slice(4)).toEqual(["commit", "rollback", "DISK_FULL STATE_DENIED DISK_FULL", "a1", "ok"])
})

test("when a group can't begin, its line is not run", async () => {
  expect((await run({ words: ["b1"], failsAt: "begin" })).happened).toEqual(["begin", "DISK_FULL"])
})

test("--stop ends at the first failure, with what came before durable", async () => {
  const { happened, ended } = await run({ words: ["b1", "b2!", "b3"], grouping: { stop: true } })
  expect(happened).toEqual(["begin", "b1", "b2!", "commit", "ok STATE_DENIED"])
  expect(ended).toEqual(denied)
})

test("--stop ends when a group can't be committed", async () => {
  const grouping = { stop: true, commitEvery: 2 }
  const { happened, ended } = await run({ words: ["b1", "b2", "b3"], grouping, failsAt: "commit" })
  expect(happened).toEqual(["begin", "b1", "b2", "commit", "rollback", "DISK_FULL DISK_FULL"])
  expect(ended).toEqual(diskFull)
})

test("when the vault is locked before a group's commit, nothing of the group is there, and no line is answered as done", async () => {
  using vault = await TestVault.create()
  const queue: BatchLine[] = ["one", "two"].map((text, index) => ({ number: index + 1, text }))
  const answers: string[] = []
  await runGroups(
    {
      lines: { take: () => queue.shift(), more: () => Promise.resolve(false) },
      group: vault.claviger.group,
      asFailure: (error) => (error instanceof VaultError ? { code: error.code } : diskFull),
      understand: ({ text }) => ({
        inBatch: "bulk",
        run: async () => {
          await vault.generate(text ?? "")
          if (queue.length === 0) setImmediate(() => vault.lock())
          return { ok: true, result: {} }
        },
      }),
      write: (some) => Promise.resolve(answers.push(...some.map(shown)) > 0),
    },
    { stop: false, commitEvery: 1000 },
  )
  expect(answers).toEqual(["VAULT_LOCKED", "VAULT_LOCKED"])
  await vault.unlock()
  expect((await vault.ask("key.list", {})).keys).toEqual([])
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})

test("without --stop a batch that was answered has ended well", async () => {
  expect((await run({ words: ["b1", "a1!"], failsAt: "commit" })).ended).toBeNull()
})

test("when nobody reads the answers any more, nothing more is done", async () => {
  const { happened, ended } = await run({ words: ["a1", "a2"], isUnread: true })
  expect(happened).toEqual(["a1", "ok"])
  expect(ended?.code).toBe("IO_ERROR")
})

test("whoever waits for an answer before the next line gets it", async () => {
  const queue: BatchLine[] = [{ number: 1, text: "b1" }]
  const answered = Promise.withResolvers<boolean>()
  const write = vi.fn(() => {
    answered.resolve(false)
    return Promise.resolve(true)
  })
  await runGroups(
    {
      lines: { take: () => queue.shift(), more: () => answered.promise },
      group: { begin: vi.fn(), commit: vi.fn(), rollback: vi.fn() },
      asFailure: () => diskFull,
      understand: () => ({ inBatch: "bulk", run: () => Promise.resolve({ ok: true, result: {} }) }),
      write,
    },
    { stop: false, commitEvery: undefined },
  )
  expect(write).toHaveBeenCalledOnce()
})

test("when reading fails, what was done is durable and answered first", async () => {
  const queue: BatchLine[] = [{ number: 1, text: "b1" }]
  const commit = vi.fn()
  const write = vi.fn(() => Promise.resolve(true))
  const running = runGroups(
    {
      lines: { take: () => queue.shift(), more: () => Promise.reject(new Error("EIO")) },
      group: { begin: vi.fn(), commit, rollback: vi.fn() },
      asFailure: () => diskFull,
      understand: () => ({ inBatch: "bulk", run: () => Promise.resolve({ ok: true, result: {} }) }),
      write,
    },
    { stop: false, commitEvery: undefined },
  )
  await expect(running).rejects.toThrow("EIO")
  expect(commit).toHaveBeenCalledOnce()
  expect(write).toHaveBeenCalledOnce()
})

test("the event loop is never held up for long", async () => {
  const queue: BatchLine[] = Array.from({ length: 100 }, (_, index) => ({ number: index, text: "a" }))
  let longest = 0
  let last = threadMs()
  const beat = setInterval(() => {
    longest = Math.max(longest, threadMs() - last)
    last = threadMs()
  }, 1)
  await runGroups(
    {
      lines: { take: () => queue.shift(), more: () => Promise.resolve(false) },
      group: { begin: vi.fn(), commit: vi.fn(), rollback: vi.fn() },
      asFailure: () => diskFull,
      understand: () => ({ inBatch: "bulk", run: () => Promise.resolve(busyFor(4)) }),
      write: () => Promise.resolve(true),
    },
    { stop: false, commitEvery: undefined },
  )
  clearInterval(beat)
  expect(longest).toBeGreaterThan(0)
  expect(longest).toBeLessThan(200)
})

function busyFor(milliseconds: number): LineAnswer {
  const end = threadMs() + milliseconds
  while (threadMs() < end);
  return { ok: true, result: {} }
}

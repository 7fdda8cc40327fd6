import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome, program } from "../support/run-claviger.ts"
import { SeededRandom } from "../support/seeded-random.ts"
import { StartedProgram } from "../support/started-program.ts"

const kills = process.env["CLAVIGER_LONG"] === "1" ? 100 : 8
const texts = 100

let home: ClavigerHome

/** Large enough for a thread to make SQLite's long calls. */
beforeAll(async () => {
  home = await ClavigerHome.withVault()
  const file = home.write("text", "a long text".repeat(5_000))
  const imports = Array.from({ length: texts }, (_, index) => ({
    cmd: ["key", "import"],
    args: { name: `text ${index}`, in: file, format: "raw", algorithm: "secret" },
  }))
  await home.batch(imports, "--stop")
})

afterAll(() => home[Symbol.dispose]())

const longCalls: Readonly<Record<string, () => object>> = {
  compact: () => ({ cmd: ["vault", "compact"] }),
  verify: () => ({ cmd: ["vault", "verify"] }),
  backup: () => ({ cmd: ["vault", "backup"], args: { out: home.file("made.clvbackup"), force: true } }),
  rekey: () => ({ cmd: ["vault", "rekey"], args: { passphraseFile: home.passphraseFile, yes: true } }),
}

test.for(Object.keys(longCalls))(
  "a large vault is whole after a kill in the middle of its %s",
  {
    timeout: 600_000,
  },
  async (name) => {
    const random = new SeededRandom()
    let unfinished = 0
    // However quick a machine is, some kills come before the end: a call that was done by then shortens the wait for the next.
    let longest = 1200
    for (let round = 1; round <= kills; round += 1) {
      const words = [program, "batch", "-", "--passphrase-file", home.passphraseFile]
      await using batch = new StartedProgram(process.execPath, words, home.environment)
      batch.tell(JSON.stringify({ cmd: ["key", "list"], args: { limit: 1 } }))
      await batch.said(() => true)
      batch.tell(JSON.stringify(longCalls[name]?.()))
      await pause(random.below(longest))
      await batch.kill()
      if (batch.lines.length === 1) unfinished += 1
      else longest = Math.ceil(longest / 2)
      const where = `seed ${random.seed}, kill ${round}`
      expect(await home.done("vault verify"), where).toMatchObject({ ok: true, problems: [], checked: { keys: texts } })
    }
    console.log(`seed ${random.seed}: ${kills} kills, ${unfinished} before the ${name} was done`)
    expect(unfinished).toBeGreaterThan(0)
  },
)

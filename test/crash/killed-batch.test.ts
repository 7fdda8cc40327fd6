import { setTimeout as pause } from "node:timers/promises"
import { expect, test } from "vitest"
import { ClavigerHome, generate, program } from "../support/run-claviger.ts"
import { SeededRandom } from "../support/seeded-random.ts"
import { StartedProgram } from "../support/started-program.ts"

const kills = process.env["CLAVIGER_LONG"] === "1" ? 20 : 3

/** Names of the keys that a batch answered for. */
function answered(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const { ok, result }: { ok: boolean; result: { name: string } } = JSON.parse(line)
    if (!ok) throw new Error(`the batch failed by itself: ${line}`)
    return [result.name]
  })
}

test.for([
  ["in groups of what is done in 100 ms", []],
  ["in groups of 7 lines", ["--commit-every", "7"]],
  ["line by line", ["--commit-every", "1"]],
] as const)("what a batch has answered is there after a kill, %s", { timeout: 600_000 }, async ([, options]) => {
  using home = await ClavigerHome.withVault()
  const random = new SeededRandom()
  const names = new Set<string>()
  for (let round = 1; round <= kills; round += 1) {
    const lines = Array.from({ length: 20_000 }, (_, index) => JSON.stringify(generate(`key-${round}-${index}`)))
    const file = home.write("lines", lines.join("\n"))
    const words = [program, "batch", file, ...options, "--passphrase-file", home.passphraseFile]
    const batch = new StartedProgram(process.execPath, words, home.environment)
    await batch.said(() => true)
    await pause(random.below(1500))
    await batch.kill()
    for (const name of answered(batch.lines)) names.add(name)
    const { keys } = await home.done("key list --limit 100000")
    const there = new Set(Array.isArray(keys) ? keys.map(({ name }) => String(name)) : [])
    expect(
      [...names].filter((name) => !there.has(name)),
      `seed ${random.seed}, kill ${round}`,
    ).toEqual([])
    expect(await home.done("vault verify")).toMatchObject({ ok: true, problems: [] })
  }
  console.log(`seed ${random.seed}: ${kills} kills, ${names.size} keys answered for`)
  expect(names.size).toBeGreaterThan(0)
})

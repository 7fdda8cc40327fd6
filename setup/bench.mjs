import { node24, root } from "./places.mjs"
import { prepare } from "./prepare.mjs"
import { benchPrograms } from "./programs.mjs"
import { main, run } from "./run.mjs"

await main(async () => {
  await prepare(benchPrograms)
  return run(node24, ["test/bench/bench.ts", ...process.argv.slice(2)], { cwd: root })
})

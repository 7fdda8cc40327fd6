import { node24, root } from "./places.mjs"
import { prepare } from "./prepare.mjs"
import { testPrograms } from "./programs.mjs"
import { main, run } from "./run.mjs"

await main(async () => {
  await prepare(testPrograms)
  return run(node24, ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)], { cwd: root })
})

import { node24, root } from "./places.mjs"
import { prepare } from "./prepare.mjs"
import { main, run } from "./run.mjs"

await main(async () => {
  await prepare()
  return run(node24, ["dist/main/demonstration.js", ...process.argv.slice(2)], { cwd: root })
})

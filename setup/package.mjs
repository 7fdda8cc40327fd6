import { node24, root } from "./places.mjs"
import { prepare } from "./prepare.mjs"
import { main, run } from "./run.mjs"

await main(async () => {
  await prepare()
  const program = "node_modules/electron-builder/cli.js"
  return run(node24, [program, "--config", "electron-builder.yml", ...process.argv.slice(2)], { cwd: root })
})

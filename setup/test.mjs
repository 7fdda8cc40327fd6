import { rmSync } from "node:fs"
import { join } from "node:path"
import { node24, root } from "./places.mjs"
import { prepare } from "./prepare.mjs"
import { testLibraries, testPrograms, windowPrograms } from "./programs.mjs"
import { main, run } from "./run.mjs"

const args = process.argv.slice(2)
const chosen = args.filter((arg) => !arg.startsWith("-"))
const ofApp = chosen.filter((path) => path.startsWith("test/desktop") && !path.endsWith(".test.ts"))

/** Vitest's suites, then those of the app, which Playwright runs; or only what was chosen by its path. */
await main(async () => {
  await prepare({ ...testPrograms, ...windowPrograms }, testLibraries)
  const runsVitest = chosen.length === 0 || ofApp.length < chosen.length
  const runsApp = chosen.length === 0 || ofApp.length > 0
  const others = args.filter((arg) => !ofApp.includes(arg))
  const vitest = runsVitest ? await runNode("node_modules/vitest/vitest.mjs", "run", ...others) : 0
  const app = runsApp ? await testApp() : 0
  return vitest === 0 ? app : vitest
})

function runNode(...words) {
  return run(node24, words, { cwd: root })
}

function testApp() {
  // A run that breaks must not leave the figures of the one before it.
  rmSync(join(root, "dist", "test", "app.json"), { force: true })
  return runNode("node_modules/@playwright/test/cli.js", "test", "--config", "test/desktop", ...ofApp)
}

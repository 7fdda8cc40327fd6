// Moves every package to the newest version of its major, in package.json and the lock file.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./places.mjs"
import { main, runStep } from "./run.mjs"

await main(async () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  const newest = Object.entries({ ...dependencies, ...devDependencies }).map(
    // "1.2.3", or "npm:typescript@7.0.2" for a package under another name.
    ([name, version]) => `${name}@${version.replace(/(?=\d+[.]\d+[.]\d+$)/, "^")}`,
  )
  await runStep("updating packages", "npm", ["install", "--ignore-scripts", ...newest], {
    cwd: root,
    shell: process.platform === "win32",
  })
})

import { join } from "node:path"
import { node24, root } from "./places.mjs"
import { runStep } from "./run.mjs"
import { unlessUnchanged } from "./stamp.mjs"

const output = join(root, "dist", "main")

/** Bundles main/ for Node.js 24 into dist/main, when a source, the bundler's settings or a package changed. */
export async function buildBundles() {
  await unlessUnchanged(root, join(output, ".stamp"), ["main", "preload", "vite.config.ts", "package-lock.json"], () =>
    runStep("building dist/main", node24, ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], {
      cwd: root,
    }),
  )
}

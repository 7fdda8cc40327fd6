import { join } from "node:path"
import { node24, root } from "./places.mjs"
import { runStep } from "./run.mjs"
import { unlessUnchanged } from "./stamp.mjs"

/** Each bundle: its name under dist, the bundler's settings, and what it is made of. */
const bundles = [
  { name: "main", config: "vite.config.ts", sources: ["main", "preload"] },
  { name: "app", config: "main/app/vite.config.ts", sources: ["main", "preload", "vite.config.ts"] },
  { name: "preload", config: "preload/vite.config.ts", sources: ["preload"] },
  { name: "renderer", config: "renderer/vite.config.ts", sources: ["renderer", "preload"] },
]

/** Bundles into dist what has changed: a source, the bundler's settings or a package. */
export async function buildBundles() {
  for (const { name, config, sources } of bundles) {
    await unlessUnchanged(root, join(root, "dist", name, ".stamp"), [...sources, config, "package-lock.json"], () =>
      runStep(
        `building dist/${name}`,
        node24,
        ["node_modules/vite/bin/vite.js", "build", "--config", config, "--logLevel", "warn"],
        { cwd: root },
      ),
    )
  }
}

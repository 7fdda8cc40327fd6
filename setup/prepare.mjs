import { buildBundles } from "./bundles.mjs"
import { linkCommand } from "./command-link.mjs"
import { buildNative } from "./native.mjs"
import { installPackages } from "./packages.mjs"
import { root } from "./places.mjs"
import { buildPrograms, ensurePrograms } from "./programs.mjs"
import { SetupError } from "./run.mjs"

const oldestNode = 20

/** Everything between a fresh clone and a program that runs; each step only when something changed. */
export async function prepare(programs = {}, libraries = []) {
  const [major] = process.versions.node.split(".")
  if (Number(major) < oldestNode) {
    throw new SetupError(`Node.js ${oldestNode} or newer is needed; this is ${process.version}.`)
  }
  await ensurePrograms({ ...buildPrograms, ...programs }, libraries)
  await installPackages()
  buildAddon()
  await buildBundles()
  linkCommand()
}

function buildAddon() {
  try {
    buildNative(root)
  } catch (error) {
    throw new SetupError(error.message)
  }
}

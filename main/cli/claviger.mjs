#!/usr/bin/env node
// Plain JavaScript that any Node.js from 20 on can read: it finds one that can run Claviger, and starts it there.
import { existsSync, readdirSync } from "node:fs"
import module from "node:module"
import { fileURLToPath } from "node:url"

const place = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const program = place("dist/main/claviger.js")
const node24 = place(`node_modules/node/bin/node${process.platform === "win32" ? ".exe" : ""}`)
const isNewEnough = Number.parseInt(process.versions.node, 10) >= 24

if (!existsSync(program) || !(isNewEnough || existsSync(node24))) {
  process.stderr.write("Claviger is not built yet: run `npm start` or `npm run build` first.\n")
  process.exitCode = 1
} else if (isNewEnough) {
  // It holds compiled code only, saves about a tenth of the start, and goes with the build that it belongs to.
  module.enableCompileCache(place("dist/main/.compile-cache"))
  await import("../../dist/main/claviger.js")
} else {
  await startOn(node24)
}

/** Starts over on another Node.js, with the same arguments and open files, and ends as that one ends. */
async function startOn(node) {
  const { spawn } = await import("node:child_process")
  const { constants } = await import("node:os")
  const child = spawn(node, ["--disable-sigusr1", fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: openDescriptors(),
  })
  // Not SIGUSR1: on it Node.js opens its debugger.
  process.on("SIGUSR1", () => undefined)
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2", "SIGCONT"]) {
    if (signal in constants.signals) process.on(signal, () => child.kill(signal))
  }
  child.once("error", (error) => {
    process.stderr.write(`Node.js 24 could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.once("exit", (status, signal) => {
    if (signal === null) process.exit(status)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/** Those of `--passphrase-fd 3` and of `<(…)` too: what is not named here, a child does not get. */
function openDescriptors() {
  const folder = ["/proc/self/fd", "/dev/fd"].find(existsSync)
  const open = folder === undefined ? [0, 1, 2] : readdirSync(folder).map(Number)
  return Array.from({ length: Math.max(...open, 2) + 1 }, (_, fd) => (fd < 3 || open.includes(fd) ? fd : "ignore"))
}

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createPackage } from "@electron/asar"
import { root } from "../architecture/source-files.ts"

/** The mark that Electron's fuses follow in its binary (electron/fuses, "How do they work"), their layout's version, and how many. */
const fuseMark = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"
const fuseCount = 9

/** What electron-builder takes for Electron: enough to pack, to unpack and to set fuses in; nothing that runs. */
export async function makeStubDistribution(folder: string): Promise<void> {
  mkdirSync(join(folder, "locales"), { recursive: true })
  mkdirSync(join(folder, "resources"))
  const fuses = Buffer.concat([Buffer.from(fuseMark), Buffer.from([1, fuseCount]), Buffer.alloc(fuseCount, "0")])
  writeFileSync(join(folder, "electron"), Buffer.concat([Buffer.from("#!/bin/sh\nexit 1\n"), fuses]))
  chmodSync(join(folder, "electron"), 0o755)
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", "electron", "package.json"), "utf8"))
  writeFileSync(join(folder, "version"), version)
  for (const name of ["LICENSE", "LICENSES.chromium.html"]) writeFileSync(join(folder, name), "")
  const defaultApp = join(folder, "default-app")
  mkdirSync(defaultApp)
  writeFileSync(join(defaultApp, "package.json"), '{"main":"main.js"}')
  writeFileSync(join(defaultApp, "main.js"), "")
  await createPackage(defaultApp, join(folder, "resources", "default_app.asar"))
}

import { existsSync } from "node:fs"
import { join } from "node:path"
import { obtainElectron } from "./electron.mjs"
import { node24, root } from "./places.mjs"
import { prepare } from "./prepare.mjs"
import { windowPrograms } from "./programs.mjs"
import { main, run } from "./run.mjs"

const args = process.argv.slice(2)
const isLinux = process.platform === "linux"
const hasDisplay = !isLinux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const runNode = (...words) => run(node24, ["--no-warnings", ...words], { cwd: root })

await main(async () => {
  if (args[0] === "--screenshot") return takePictures(args[1] ?? "dist/pictures")
  await prepare()
  if (!hasDisplay) return demonstrate("There is no display")
  const electron = await obtainElectron()
  if (electron !== null) {
    console.error("▸ the app, on Electron")
    return run(electron, [join(root, "dist", "app", "main.js"), ...args], { cwd: root })
  }
  if (!existsSync("/usr/bin/chromium"))
    return demonstrate("Neither Electron nor Chromium is here (apt-get install chromium)")
  console.error("▸ the app, in a window of the system's Chromium: Electron's binary is not here")
  return runNode("test/electron-standin/start.ts")
})

/** The main job in the terminal, on a temporary vault. */
function demonstrate(why) {
  console.error(`▸ ${why}: a demonstration in the terminal instead of the app`)
  return run(node24, ["dist/main/demonstration.js", ...args], { cwd: root })
}

/** The main screens, light and dark, without a display. */
async function takePictures(folder) {
  await prepare(windowPrograms)
  return runNode("test/desktop/screenshots.ts", folder)
}

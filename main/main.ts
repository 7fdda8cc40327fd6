import { userInfo } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { app, protocol } from "electron"
import { config } from "zod"
import { bugLog } from "./app/bug-log.ts"
import { Desktop } from "./app/desktop.ts"
import { goNowhere } from "./app/go-nowhere.ts"
import { scheme } from "./app/page-protocol.ts"
import { utilityHosts } from "./app/utility-host.ts"
import { checkOutput, writeOutput } from "./cli/output-file.ts"
import { compose } from "./composition.ts"
import { shareOf, type TellProgress } from "./domain/long-work.ts"
import { replaceFile } from "./files/replace-file.ts"
import { aboutProgram } from "./platform/about-program.ts"
import { configDirectory, defaultVaultPath, surroundings } from "./platform/paths.ts"
import { isReplaceable, programFile } from "./platform/program-files.ts"
import { makeDirectory } from "./store/make-directory.ts"
import { shredFile } from "./store/shred-file.ts"
import { hostEntry } from "./token/host-process.ts"
import { UsbBus } from "./usb/usb-bus.ts"

/** Entry of the desktop app: hardens, makes sure that it is the only one, composes, and opens the door and the window. */
const here = surroundings()
const settings = configDirectory(here)
const entry = fileURLToPath(import.meta.url)
// Compiling checks at run time needs `eval`, for nothing that a person would notice.
config({ jitless: true })
app.enableSandbox()
app.setPath("userData", join(settings, "window"))
protocol.registerSchemesAsPrivileged([scheme])
goNowhere(app)

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  const reportBug = bugLog(join(settings, "bugs.log"))
  const actor = `app:${userInfo().username}`
  const tellProgress: TellProgress = (progress, of) => {
    const share = progress === null ? null : shareOf(progress)
    desktop.announce({ topic: "progress", of, isRunning: progress !== null, share })
  }
  const usb = new UsbBus()
  const claviger = compose({
    configDirectory: settings,
    actor,
    now: Date.now,
    reportBug,
    patience: 2000,
    tellProgress,
    tellEditedKeys: () => desktop.announce({ topic: "edited-keys" }),
    startTokenHost: utilityHosts(hostEntry),
    usb,
  })
  const desktop = new Desktop({
    claviger,
    usb,
    reportBug,
    about: () => aboutProgram(app.getVersion(), entry),
    isReplaceable: app.isPackaged && isReplaceable(programFile(entry)),
    configDirectory: settings,
    suggestedPath: defaultVaultPath(here),
    bundles: dirname(dirname(entry)),
    replaceFile: (path, bytes) => {
      makeDirectory(dirname(path))
      replaceFile(path, bytes)
    },
    checkFile: checkOutput,
    writeFile: writeOutput,
    suggestPassphrase: async () => (await import("./crypto/suggested-passphrase.ts")).suggestPassphrase(),
    shredFile,
  })
  app.on("second-instance", () => desktop.show())
  app.on("activate", () => desktop.show())
  let isClosed = false
  app.on("before-quit", (event) => {
    if (isClosed) return
    // The system's clipboard answers later, and must not keep a secret longer than the app runs.
    event.preventDefault()
    void desktop.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
  void app.whenReady().then(() => desktop.open())
}

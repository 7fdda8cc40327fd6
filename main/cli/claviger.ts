import "./inherited-descriptors.ts"
import { readFileSync } from "node:fs"
import { userInfo } from "node:os"
import { configDirectory, defaultVaultPath, surroundings } from "../platform/paths.ts"

/**
 * Entry of the command line: the one file here that knows the composition of all layers. What a command needs is
 * loaded when it runs, so that the program starts at once. Only what looks at the open descriptors comes first.
 */
const { runCommandLine } = await import("./run.ts")
const here = surroundings()
const exitStatus = await runCommandLine(process.argv.slice(2), {
  version,
  defaultVaultPath: defaultVaultPath(here),
  async openClaviger(reportBug, patience) {
    const { compose } = await import("../composition.ts")
    const { editedKeysNote } = await import("./edited-keys-note.ts")
    const { factoryPinNote } = await import("./factory-pin-note.ts")
    const { progressLine } = await import("./progress-line.ts")
    const actor = `cli:${userName()}`
    const { stderr } = process
    const tell = {
      tellProgress: progressLine(stderr),
      tellFactoryPin: factoryPinNote(stderr),
      tellEditedKeys: editedKeysNote(stderr),
    }
    return compose({ configDirectory: configDirectory(here), actor, now: Date.now, reportBug, patience, ...tell })
  },
})
// Whatever still listens (a terminal, a pipe nobody closes) must not keep a finished program alive.
process.exit(exitStatus)

/** As package.json says; it lies two folders up from the source and from the bundle. */
function version(): string {
  const described: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))
  return typeof described === "object" && described !== null && "version" in described ? String(described.version) : ""
}

/** Who acts, for the log; a user without a name in the system has a number. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid-${process.getuid?.() ?? "unknown"}`
  }
}

import { basename, dirname, join } from "node:path"
import type { ReportFormat } from "../../preload/contract/report.ts"
import type { WindowHandlers } from "../../preload/contract/window.ts"
import type { AskVault } from "./ask-vault.ts"
import { ChosenPlaces } from "./chosen-places.ts"
import type { AskedPlace } from "./file-dialogs.ts"

interface Parts {
  readonly suggestedPath: string
  readonly askVault: AskVault
  readonly ask: (what: AskedPlace, suggested: string) => Promise<string | null>
  readonly checkFile: (path: string, mayReplace: boolean) => void
  readonly writeFile: (path: string, bytes: Uint8Array, mayReplace: boolean) => void
}

const inventoryNames: Readonly<Record<ReportFormat, string>> = {
  csv: "inventory.csv",
  json: "inventory.json",
  cyclonedx: "inventory.cdx.json",
}

const suffix = ".age"

/** What goes into files, and from file to file, at places that the person names here and now. */
export function fileHandlers(
  parts: Parts,
): Pick<WindowHandlers, "window.save" | "window.export-inventory" | "window.encrypt-file" | "window.decrypt-file"> {
  const { ask, checkFile, writeFile, askVault } = parts
  const folder = dirname(parts.suggestedPath)
  const places = new ChosenPlaces()
  return {
    "window.save": async ({ suggestedName, content }) => {
      try {
        const path = await ask("result", join(folder, basename(suggestedName)))
        if (path === null) return { path }
        checkFile(path, true)
        writeFile(path, content, true)
        return { path }
      } finally {
        content.fill(0)
      }
    },
    // Where to is asked first: what is dismissed leaves no row in the log.
    "window.export-inventory": async ({ format }) => {
      const path = await ask("inventory", join(folder, inventoryNames[format]))
      if (path === null) return { path }
      checkFile(path, true)
      const { report } = await askVault("report.inventory", { format })
      writeFile(path, report, true)
      return { path }
    },
    "window.encrypt-file": async ({ name, pin }) => {
      const from = () => ask("file-to-encrypt", folder)
      const to = (input: string) => ask("encrypted-file", input + suffix)
      return await places.work({ what: `encrypt ${name}`, isAgain: pin !== undefined, from, to }, async (chosen) => {
        checkFile(chosen.output, true)
        await askVault("file.encrypt", { ...chosen, force: true, keys: [{ name }], ...withPin(pin) })
      })
    },
    "window.decrypt-file": async ({ name, pin }) => {
      const from = () => ask("file-to-decrypt", folder)
      const to = (input: string) => ask("decrypted-file", withoutSuffix(input))
      return await places.work({ what: `decrypt ${name}`, isAgain: pin !== undefined, from, to }, async (chosen) => {
        checkFile(chosen.output, true)
        await askVault("file.decrypt", { ...chosen, force: true, name, ...withPin(pin) })
      })
    },
  }
}

function withPin(pin: Uint8Array<ArrayBuffer> | undefined) {
  return pin === undefined ? {} : { pin }
}

function withoutSuffix(path: string): string {
  return path.endsWith(suffix) ? path.slice(0, -suffix.length) : `${path}.decrypted`
}

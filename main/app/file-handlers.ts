import { basename, dirname, join } from "node:path"
import type { WindowHandlers } from "../../preload/contract/window.ts"
import { ChosenPlaces } from "./chosen-places.ts"
import { type DocumentHandlerName, type DocumentParts, documentHandlers } from "./document-handlers.ts"

interface Parts extends DocumentParts {
  readonly suggestedPath: string
}

type FileHandlerName = "window.save" | "window.encrypt-file" | "window.decrypt-file" | DocumentHandlerName

const suffix = ".age"

/** What goes into files, and from file to file, at places that the person names here and now. */
export function fileHandlers(parts: Parts): Pick<WindowHandlers, FileHandlerName> {
  const { ask, checkFile, writeFile, askVault } = parts
  const folder = dirname(parts.suggestedPath)
  const places = new ChosenPlaces()
  return {
    ...documentHandlers(parts, folder),
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
    "window.encrypt-file": async ({ name, pin }) => {
      const from = () => ask("file-to-encrypt", folder)
      const to = (input: string) => ask("encrypted-file", input + suffix)
      return await places.work({ what: `encrypt ${name}`, isAgain: pin !== undefined, from, to }, async (chosen) => {
        checkFile(chosen.output, true)
        await askVault("file.encrypt", { ...chosen, force: true, keys: [{ name }], ...withPin(pin) })
      })
    },
    "window.decrypt-file": async ({ name, reason, pin }) => {
      const from = () => ask("file-to-decrypt", folder)
      const to = (input: string) => ask("decrypted-file", withoutSuffix(input))
      return await places.work({ what: `decrypt ${name}`, isAgain: pin !== undefined, from, to }, async (chosen) => {
        checkFile(chosen.output, true)
        const why = reason === undefined ? {} : { reason }
        await askVault("file.decrypt", { ...chosen, force: true, name, ...why, ...withPin(pin) })
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

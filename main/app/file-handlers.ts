import { basename, dirname, join } from "node:path"
import type { WindowHandlers } from "../../preload/contract/window.ts"
import type { AskVault } from "./ask-vault.ts"
import type { AskedPlace } from "./file-dialogs.ts"

interface Parts {
  readonly suggestedPath: string
  readonly askVault: AskVault
  readonly ask: (what: AskedPlace, suggested: string) => Promise<string | null>
  readonly checkFile: (path: string, mayReplace: boolean) => void
  readonly writeFile: (path: string, bytes: Uint8Array, mayReplace: boolean) => void
}

const suffix = ".age"

/** What goes into files, and from file to file, at places that the person names here and now. */
export function fileHandlers(
  parts: Parts,
): Pick<WindowHandlers, "window.save" | "window.encrypt-file" | "window.decrypt-file"> {
  const { ask, checkFile, writeFile, askVault } = parts
  const folder = dirname(parts.suggestedPath)
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
    "window.encrypt-file": async ({ name }) => {
      const input = await ask("file-to-encrypt", folder)
      const output = input === null ? null : await ask("encrypted-file", input + suffix)
      if (input === null || output === null) return { path: null }
      checkFile(output, true)
      const { path } = await askVault("file.encrypt", { input, output, force: true, keys: [{ name }] })
      return { path }
    },
    "window.decrypt-file": async ({ name }) => {
      const input = await ask("file-to-decrypt", folder)
      const output = input === null ? null : await ask("decrypted-file", withoutSuffix(input))
      if (input === null || output === null) return { path: null }
      checkFile(output, true)
      const { path } = await askVault("file.decrypt", { input, output, force: true, name })
      return { path }
    },
  }
}

function withoutSuffix(path: string): string {
  return path.endsWith(suffix) ? path.slice(0, -suffix.length) : `${path}.decrypted`
}

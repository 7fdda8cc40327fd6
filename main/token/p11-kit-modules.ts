import { readdirSync, readFileSync, statSync } from "node:fs"
import { isAbsolute, join } from "node:path"
import { libraryFolders } from "./known-modules.ts"

interface FoundModule {
  readonly path: string
  /** What the library is started with. */
  readonly parameters: string | null
}

/** Where p11-kit keeps what others have registered (pkcs11.conf(5)). */
export const p11KitFolders = ["/usr/share/p11-kit/modules", "/etc/pkcs11/modules"]

/** The libraries that a folder of p11-kit registers for every program: those for keys, that are there. */
export function modulesOfP11Kit(folder: string): FoundModule[] {
  if (!isThere(folder)) return []
  const files = readdirSync(folder).filter((name) => name.endsWith(".module"))
  return files.flatMap((name) => {
    const settings = settingsOf(readFileSync(join(folder, name), "utf8"))
    // Of other programs; and the authorities that the system trusts, which are no keys.
    if (settings.has("enable-in") || settings.get("trust-policy") === "yes") return []
    const path = placesOf(settings.get("module") ?? "").find(isThere)
    return path === undefined ? [] : [{ path, parameters: settings.get("x-init-reserved") || null }]
  })
}

function settingsOf(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^[ \t]*([a-z0-9-]+)[ \t]*:[ \t]*(.*?)[ \t\r]*$/gm)]
  return new Map(lines.map(([, name = "", value = ""]) => [name, value]))
}

/** A name without a folder is one that p11-kit looks up where it keeps libraries itself. */
function placesOf(module: string): string[] {
  if (module === "") return []
  return isAbsolute(module) ? [module] : libraryFolders.map((folder) => join(folder, "pkcs11", module))
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

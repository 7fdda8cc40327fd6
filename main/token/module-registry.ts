import { lstatSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs"
import { basename, dirname, isAbsolute, join } from "node:path"
import { z } from "zod"
import type { LibraryState } from "../../preload/contract/usb-device.ts"
import type { TokenLibrary } from "../domain/token-libraries.ts"
import { VaultError } from "../domain/vault-error.ts"
import { knownModules } from "./known-modules.ts"
import { modulesOfP11Kit, p11KitFolders } from "./p11-kit-modules.ts"
import { RecentModules } from "./recent-modules.ts"

/** A library that could be loaded: whether it may, and why not. */
export interface RegisteredModule {
  readonly path: string
  readonly name: string
  readonly isAdded: boolean
  /** What it is told when it starts, as some libraries ask for; `null`: nothing. */
  readonly parameters: string | null
  /** Why it is not loaded; `null`: it may be. */
  readonly refusal: string | null
}

export interface RegistryParts {
  /** The file of the paths that people added. */
  readonly file: string
  readonly replaceFile: (path: string, bytes: Uint8Array) => void
  readonly platform?: NodeJS.Platform
  /** Where p11-kit keeps what others have registered. */
  readonly p11Kit?: readonly string[]
}

const LibraryPath = z.string().min(1).max(4096)
/** Just its path, for most. */
const Added = z
  .array(
    z.union([
      LibraryPath.transform((path) => ({ path, parameters: null })),
      z.strictObject({ path: LibraryPath, parameters: z.string().min(1).max(4096) }),
    ]),
  )
  .max(100)
type Added = z.infer<typeof Added>

/** The PKCS#11 libraries of this machine: the well-known, those that p11-kit knows, and those that a person added. */
export class ModuleRegistry {
  readonly #parts: RegistryParts
  readonly recent: RecentModules

  constructor(parts: RegistryParts) {
    this.#parts = parts
    this.recent = new RecentModules(join(dirname(parts.file), "recent-modules.json"), parts.replaceFile)
  }

  /** Each library once, whatever names lead to it. */
  list(): RegisteredModule[] {
    const seen = new Set<string>()
    return [...this.#added(), ...this.#known(), ...this.#ofP11Kit()].filter(({ path }) => {
      const real = realPath(path)
      if (seen.has(real)) return false
      seen.add(real)
      return true
    })
  }

  /** Whether a library is there: where its maker puts it, or where a person or p11-kit says. */
  stateOf(library: TokenLibrary): LibraryState {
    const known = knownModules(this.#platform).find(({ name }) => name === library)
    const fileNames = new Set(known?.paths.map((path) => basename(path)))
    const found = [...this.#added(), ...this.#known(), ...this.#ofP11Kit()].filter(({ path }) => {
      return fileNames.has(basename(path)) && statOf(path) !== null
    })
    if (found.length === 0) return "missing"
    return found.some(({ refusal }) => refusal === null) ? "installed" : "refused"
  }

  /**
   * @param parameters - what the library is told when it starts
   * @throws `INVALID_INPUT` with the reason when others could have put it there; `ALREADY_EXISTS`
   */
  add(path: string, parameters: string | null = null): RegisteredModule {
    const refusal = refusalOf(path)
    if (refusal !== null) throw new VaultError("INVALID_INPUT", `module: ${refusal}`)
    const added = this.#read()
    const isKnown = added.some((known) => realPath(known.path) === realPath(path))
    if (isKnown) throw new VaultError("ALREADY_EXISTS", "that module")
    this.#write([...added, { path, parameters }])
    return { path, name: "Added here", isAdded: true, parameters, refusal: null }
  }

  /** @throws `NOT_FOUND` */
  remove(path: string): void {
    const added = this.#read()
    const others = added.filter((known) => known.path !== path)
    if (others.length === added.length) throw new VaultError("NOT_FOUND", "no such module was added")
    this.#write(others)
  }

  get #platform(): NodeJS.Platform {
    return this.#parts.platform ?? process.platform
  }

  #added(): RegisteredModule[] {
    return this.#read().map((added) => ({
      ...added,
      name: "Added here",
      isAdded: true,
      refusal: refusalOf(added.path),
    }))
  }

  #known(): RegisteredModule[] {
    return knownModules(this.#platform).flatMap(({ name, paths }) => {
      const path = paths.find((each) => statOf(each) !== null)
      return path === undefined ? [] : [{ path, name, isAdded: false, parameters: null, refusal: refusalOf(path) }]
    })
  }

  #ofP11Kit(): RegisteredModule[] {
    return (this.#parts.p11Kit ?? p11KitFolders).flatMap(modulesOfP11Kit).map((found) => {
      return { ...found, name: "Registered with p11-kit", isAdded: false, refusal: refusalOf(found.path) }
    })
  }

  #read(): Added {
    if (statOf(this.#parts.file) === null) return []
    try {
      return Added.parse(JSON.parse(readFileSync(this.#parts.file, "utf8")))
    } catch {
      throw new VaultError("IO_ERROR", "the list of added modules can't be read; remove it to start over")
    }
  }

  #write(added: Added): void {
    const listed = added.map((each) => (each.parameters === null ? each.path : each))
    this.#parts.replaceFile(this.#parts.file, Buffer.from(JSON.stringify(listed, null, 2)))
  }
}

/**
 * Why a library is not loaded: what another user of the machine could replace would run as us.
 * @returns `null` when only root and we ourselves could have put it there
 */
export function refusalOf(path: string): string | null {
  if (!isAbsolute(path)) return "its path is not absolute"
  const stat = statOf(path)
  if (stat === null) return "there is no such file"
  if (!stat.isFile()) return "it is no file"
  if (process.platform === "win32") return null
  for (const place of [path, realPath(path)]) {
    for (const part of [place, ...foldersAbove(place)]) {
      const refusal = refusalOfPart(part)
      if (refusal !== null) return refusal
    }
  }
  return null
}

function refusalOfPart(path: string): string | null {
  const stat = statOf(path)
  if (stat === null) return "there is no such file"
  const isSticky = stat.isDirectory() && (stat.mode & 0o1000) !== 0
  if (stat.uid !== 0 && stat.uid !== process.getuid?.()) return `${path} belongs to another user`
  return (stat.mode & 0o002) !== 0 && !isSticky ? `everybody may write to ${path}` : null
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path)
  return folder === path ? [] : [folder, ...foldersAbove(folder)]
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? lstatSync(path, { throwIfNoEntry: false }) ?? null
}

import { type FSWatcher, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Chromium's own lock, told by a file: its owner watches for the knock of later ones. */
export class SingleInstance {
  readonly #onKnock: () => void
  #file: string | null = null
  #watcher: FSWatcher | null = null

  constructor(onKnock: () => void) {
    this.#onKnock = onKnock
  }

  take(folder: string): boolean {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, "SingletonLock")
    const knock = join(folder, "SingletonKnock")
    const owner = readOwner(file)
    if (owner !== null && isAlive(owner)) {
      writeFileSync(knock, String(process.pid))
      return false
    }
    writeFileSync(file, String(process.pid))
    this.#file = file
    this.#watcher = watch(folder, (_, name) => {
      if (name === "SingletonKnock") this.#onKnock()
    })
    return true
  }

  release(): void {
    this.#watcher?.close()
    if (this.#file !== null) rmSync(this.#file, { force: true })
    this.#file = null
  }
}

function readOwner(file: string): number | null {
  try {
    return Number(readFileSync(file, "utf8"))
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

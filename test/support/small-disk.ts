import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "./temporary-folder.ts"

/** A file system in memory of a given size; needs the right to mount. */
export class SmallDisk implements Disposable {
  readonly path: string
  readonly #place = temporaryFolder()

  /** @param size - as `mount` has it, for example `300k` @param options - more of them, for example `ro` */
  constructor(size: string, ...options: readonly string[]) {
    this.path = this.#place.file("disk")
    mkdirSync(this.path)
    const { status, stderr } = mount(["-t", "tmpfs", "-o", [`size=${size}`, ...options].join(), "tmpfs", this.path])
    if (status !== 0) throw new Error(`no file system could be mounted: ${stderr}`)
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path)
    return bavail * bsize
  }

  /** Takes all space but this much. @returns what gives it back */
  fill(leaving = 0): () => void {
    const ballast = join(this.path, "ballast")
    writeFileSync(ballast, Buffer.alloc(Math.max(0, this.freeBytes - leaving)))
    return () => rmSync(ballast)
  }

  growTo(size: string): void {
    mount(["-o", `remount,size=${size}`, this.path])
  }

  makeReadOnly(): void {
    mount(["-o", "remount,ro", this.path])
  }

  [Symbol.dispose](): void {
    spawnSync("umount", ["--lazy", this.path])
    this.#place[Symbol.dispose]()
  }
}

function mount(words: readonly string[]) {
  return spawnSync("mount", words, { encoding: "utf8" })
}

/** Why no small disk can be had here; `null` if one can: `test.skipIf(cannotMount !== null)`. */
export const cannotMount: string | null = whyNot()

function whyNot(): string | null {
  if (process.platform !== "linux") return "only Linux has tmpfs"
  try {
    new SmallDisk("64k")[Symbol.dispose]()
    return null
  } catch (error) {
    return String(error)
  }
}

import { randomBytes } from "node:crypto"
import { constants } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { giveName, requireReplaceable } from "../files/give-name.ts"
import { cleanUp, removeFile } from "../files/remove-file.ts"

const { O_WRONLY, O_CREAT, O_EXCL } = constants

/** Those that are not finished yet. */
const unfinished = new Set<NewFile>()

/** Removes what is not finished, when the program ends before it could be: half a plaintext is not left lying about. */
export function abandonNewFiles(): void {
  for (const file of unfinished) file.abandon()
}

/**
 * A file that is written over a while, mode 0600, beside its place under another name: complete and durable in the end, or
 * not there at all. Disposing of it before it is finished removes it.
 */
export class NewFile implements AsyncDisposable {
  readonly #path: string
  readonly #temporary: string
  readonly #handle: FileHandle
  readonly #force: boolean
  #isFinished = false
  #isSettling = false
  #settled: Promise<void> = Promise.resolve()

  private constructor(path: string, temporary: string, handle: FileHandle, force: boolean) {
    this.#path = path
    this.#temporary = temporary
    this.#handle = handle
    this.#force = force
  }

  /** @throws ALREADY_EXISTS unless `force`; IO_ERROR for a place that is taken by what is not a file */
  static async begin(path: string, force: boolean): Promise<NewFile> {
    const target = resolve(path)
    requireReplaceable(target, force)
    const name = `.${basename(target).slice(0, 100)}.${randomBytes(6).toString("hex")}.part`
    const temporary = join(dirname(target), name)
    const file = new NewFile(target, temporary, await open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o600), force)
    unfinished.add(file)
    return file
  }

  /** For writing at positions of one's own. */
  get descriptor(): number {
    return this.#handle.fd
  }

  /** Writes all of it behind what was written before. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let written = 0; written < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, written)
      written += bytesWritten
    }
  }

  /**
   * Has the disk begin with what was written so far: then less is left to wait for in the end. Does nothing while it is still
   * at it. What goes wrong is kept for the end, since the system tells of a lost write only once.
   */
  settle(): void {
    if (this.#isSettling) return
    this.#isSettling = true
    this.#settled = this.#settled
      .then(() => this.#handle.datasync())
      .finally(() => {
        this.#isSettling = false
      })
    this.#settled.catch(() => undefined)
  }

  /** Makes it durable and gives it its name. @throws ALREADY_EXISTS when something got that name meanwhile, unless `force` */
  async finish(): Promise<void> {
    await this.#settled
    await this.#handle.sync()
    await this.#handle.close()
    giveName(this.#temporary, this.#path, this.#force)
    this.#isFinished = true
    unfinished.delete(this)
  }

  /** Removes what there is of it; whoever still writes to it writes to nothing. */
  abandon(): void {
    unfinished.delete(this)
    cleanUp(() => removeFile(this.#temporary))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isFinished) return
    await this.#settled.catch(() => undefined)
    await this.#handle.close().catch(() => undefined)
    this.abandon()
  }
}

import { createHash } from "node:crypto"
import { closeSync, fsyncSync, openSync } from "node:fs"
import { Zip, ZipDeflate } from "fflate"
import { writeAll } from "../files/replace-file.ts"

/** A file in an archive, complete or in pieces. */
export interface PackedFile {
  readonly name: string
  readonly content: Uint8Array | AsyncIterable<Uint8Array>
}

interface PackedFacts {
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** A ZIP archive (APPNOTE 6.3), of at most 4 GiB, that is written as it grows, mode 0600. */
export class ZipArchive implements Disposable {
  readonly files: PackedFacts[] = []
  readonly #file: number
  readonly #zip: Zip
  #isOpen = true
  #failure: Error | null = null

  constructor(path: string) {
    this.#file = openSync(path, "wx", 0o600)
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) this.#failure = error
      else writeAll(this.#file, bytes)
    })
  }

  async add({ name, content }: PackedFile): Promise<void> {
    const entry = new ZipDeflate(name)
    this.#zip.add(entry)
    const hash = createHash("sha256")
    let size = 0
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      hash.update(piece)
      size += piece.length
      entry.push(piece)
    }
    entry.push(new Uint8Array(0), true)
    if (this.#failure !== null) throw this.#failure
    this.files.push({ name, size, sha256: hash.digest("hex") })
  }

  finish(): void {
    this.#zip.end()
    if (this.#failure !== null) throw this.#failure
    fsyncSync(this.#file)
    this[Symbol.dispose]()
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    closeSync(this.#file)
  }
}

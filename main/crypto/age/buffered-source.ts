import type { ByteSource } from "./byte-source.ts"
import { invalidFile } from "./invalid-file.ts"

/** Longer than any line of a header: one recipient of a post-quantum kind takes 1.5 KB. */
const bufferSize = 64 * 1024
const lineFeed = 0x0a

/** A source of which lines can be read, and that can be looked at before. Not for secrets: the buffer is not wiped. */
export class BufferedSource implements ByteSource {
  readonly #source: ByteSource
  readonly #buffer = new Uint8Array(bufferSize)
  #start = 0
  #end = 0
  #isAtEnd = false
  #consumed = 0

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** How many bytes were read of it. */
  get consumed(): number {
    return this.#consumed
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#start === this.#end) {
      const count = await this.#source.read(into)
      this.#consumed += count
      return count
    }
    const taken = this.#take(Math.min(into.length, this.#end - this.#start))
    into.set(taken)
    return taken.length
  }

  /** The next byte, which stays; `null` at the end. */
  async peek(): Promise<number | null> {
    if (this.#start === this.#end) await this.#more()
    return this.#start === this.#end ? null : (this.#buffer[this.#start] ?? null)
  }

  /**
   * The next line, without its line feed: a view until the next call. What stands behind the last line feed is a line too.
   * @returns `null` at the end
   * @throws INVALID_INPUT when it is longer than 64 KiB
   */
  async line(): Promise<{ readonly text: Uint8Array; readonly isEnded: boolean } | null> {
    for (let searched = 0; ; ) {
      const found = this.#buffer.subarray(0, this.#end).indexOf(lineFeed, this.#start + searched)
      if (found !== -1) return { text: this.#take(found + 1 - this.#start).subarray(0, -1), isEnded: true }
      searched = this.#end - this.#start
      if (searched === bufferSize) throw invalidFile("a line is longer than 64 KiB")
      if (await this.#more()) continue
      return searched === 0 ? null : { text: this.#take(searched), isEnded: false }
    }
  }

  #take(count: number): Uint8Array {
    const taken = this.#buffer.subarray(this.#start, this.#start + count)
    this.#start += count
    this.#consumed += count
    return taken
  }

  async #more(): Promise<boolean> {
    if (this.#isAtEnd) return false
    this.#buffer.copyWithin(0, this.#start, this.#end)
    this.#end -= this.#start
    this.#start = 0
    const count = await this.#source.read(this.#buffer.subarray(this.#end))
    this.#end += count
    this.#isAtEnd = count === 0
    return count > 0
  }
}

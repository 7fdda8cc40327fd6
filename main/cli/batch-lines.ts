/** The longest line that is read, in bytes. */
const longestLine = 2 * 1024 * 1024
const lineFeed = 0x0a

export interface BatchLine {
  /** From 1, counting blank lines too, as an editor does. */
  readonly number: number
  /** `null` when it is too long, or not UTF-8. */
  readonly text: string | null
}

/** Cuts a stream into lines. Blank lines are left out, and of one that is too long nothing is kept. */
export class BatchLines {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #decoder = new TextDecoder("utf-8", { fatal: true })
  readonly #ready: BatchLine[] = []
  #next = 0
  #unfinished: Uint8Array[] = []
  #unfinishedLength = 0
  #number = 0
  #reading: Promise<boolean> | null = null
  #isEnded = false

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next line, when it is there already. */
  take(): BatchLine | undefined {
    const line = this.#ready[this.#next]
    if (line === undefined) return undefined
    this.#next += 1
    return line
  }

  /** Waits until there is more to take. @returns false when the stream has ended */
  more(): Promise<boolean> {
    if (this.#next < this.#ready.length) return Promise.resolve(true)
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  /** Ends the stream early. */
  async stop(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #read(): Promise<boolean> {
    this.#ready.length = 0
    this.#next = 0
    while (!this.#isEnded && this.#ready.length === 0) {
      const { value, done } = await this.#chunks.next()
      if (done === true) {
        this.#isEnded = true
        if (this.#unfinishedLength > 0) this.#finish()
      } else {
        this.#cut(value)
      }
    }
    return this.#ready.length > 0
  }

  #cut(chunk: Uint8Array): void {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.#keep(chunk.subarray(start, end))
      this.#finish()
      start = end + 1
    }
    // The stream may use the chunk's memory again: what waits for its end is copied.
    if (start < chunk.length) this.#keep(new Uint8Array(chunk.subarray(start)))
  }

  #keep(part: Uint8Array): void {
    this.#unfinishedLength += part.length
    if (this.#unfinishedLength <= longestLine) this.#unfinished.push(part)
    else this.#unfinished.length = 0
  }

  #finish(): void {
    this.#number += 1
    const text = this.#unfinishedLength > longestLine ? null : this.#decode()
    if (text === null || text.trim() !== "") this.#ready.push({ number: this.#number, text })
    this.#unfinished = []
    this.#unfinishedLength = 0
  }

  #decode(): string | null {
    const [only, ...others] = this.#unfinished
    try {
      return this.#decoder.decode(others.length === 0 ? only : Buffer.concat(this.#unfinished))
    } catch {
      return null
    }
  }
}

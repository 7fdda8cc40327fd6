const enter = [0x0d, 0x0a]
const backspaces = [0x08, 0x7f]
const interrupt = 0x03
const endOfInput = 0x04
const eraseLine = 0x15
const escapeKey = 0x1b
const sequenceStarts = [0x5b, 0x4f]

export type Typed = "more" | "done" | "interrupted" | "ended"

/**
 * Collects what is typed in raw mode, as bytes that can be wiped. Knows the keys that a terminal's own line editing
 * knows: backspace takes a whole UTF-8 character, Ctrl-U the line.
 */
export class LineEditor implements Disposable {
  readonly #bytes: Uint8Array<ArrayBuffer>
  #length = 0
  /** Inside of what an arrow or function key sends: ESC, then [ or O, parameters, and a last letter or ~. */
  #sequence: "none" | "begun" | "open" = "none"

  /** @param limit - bytes; what is typed beyond one more than that is not kept */
  constructor(limit: number) {
    this.#bytes = new Uint8Array(limit + 1)
  }

  /** The line so far; the editor keeps, and wipes, these bytes. */
  get line(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  type(byte: number): Typed {
    if (this.#isInSequence(byte)) return "more"
    if (enter.includes(byte)) return "done"
    if (byte === interrupt) return "interrupted"
    if (byte === endOfInput) return this.#length === 0 ? "ended" : "done"
    if (byte === escapeKey) this.#sequence = "begun"
    else if (backspaces.includes(byte)) this.#erase()
    else if (byte === eraseLine) this.#clear()
    else if (byte >= 0x20) this.#append(byte)
    return "more"
  }

  /** A key's bytes come at once: an ESC that nothing has followed by now was the Esc key itself. */
  pause(): void {
    if (this.#sequence === "begun") this.#sequence = "none"
  }

  #isInSequence(byte: number): boolean {
    const before = this.#sequence
    const isText = byte >= 0x20
    if (before === "begun") this.#sequence = sequenceStarts.includes(byte) ? "open" : "none"
    else if (before === "open" && (!isText || isLastOfSequence(byte))) this.#sequence = "none"
    return this.#sequence === "open" || (before === "open" && isText)
  }

  #append(byte: number): void {
    if (this.#length === this.#bytes.length) return
    this.#bytes[this.#length] = byte
    this.#length += 1
  }

  #erase(): void {
    while (this.#length > 0) {
      this.#length -= 1
      const erased = this.#bytes[this.#length] ?? 0
      this.#bytes[this.#length] = 0
      // Continuation bytes of UTF-8 are 10xxxxxx; the byte that is none begins the character.
      if ((erased & 0xc0) !== 0x80) return
    }
  }

  #clear(): void {
    this.#bytes.fill(0)
    this.#length = 0
  }

  [Symbol.dispose](): void {
    this.#clear()
  }
}

function isLastOfSequence(byte: number): boolean {
  return /[A-Za-z~]/.test(String.fromCharCode(byte))
}

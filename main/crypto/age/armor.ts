import { decodeBase64 } from "../formats/base64.ts"
import { isWhitespace } from "../formats/text-lines.ts"
import type { BufferedSource } from "./buffered-source.ts"
import type { ByteSource } from "./byte-source.ts"
import { invalidFile } from "./invalid-file.ts"

const begin = "-----BEGIN AGE ENCRYPTED FILE-----"
const end = "-----END AGE ENCRYPTED FILE-----"
const bytesInLine = 48
const charactersInLine = 64
const carriageReturn = 0x0d

/** White space before and behind the armour, as the `age` program bounds it. */
const maximumWhitespace = 1024

/** The bytes in ASCII armour (age, "ASCII armor"), a strict form of PEM. Nothing here is secret. */
export async function* armored(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from(`${begin}\n`)
  let rest = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % bytesInLine)
    if (whole > 0) yield lines(bytes.subarray(0, whole))
    rest = Buffer.from(bytes.subarray(whole))
  }
  if (rest.length > 0) yield lines(rest)
  yield Buffer.from(`${end}\n`)
}

function lines(bytes: Buffer): Buffer {
  const text = bytes.toString("base64").replaceAll(/.{1,64}/g, "$&\n")
  return Buffer.from(text, "latin1")
}

/** What an armoured file holds. */
export class ArmorSource implements ByteSource {
  readonly #text: BufferedSource
  #rest: Uint8Array = new Uint8Array(0)
  #place: "before" | "within" | "last" | "behind" = "before"

  constructor(text: BufferedSource) {
    this.#text = text
  }

  /** @throws INVALID_INPUT for all but the one canonical form, but white space around it, and CR before LF */
  async read(into: Uint8Array): Promise<number> {
    if (this.#place === "before") await this.#begin()
    while (this.#rest.length === 0) {
      if (this.#place === "behind") return 0
      await this.#readLine()
    }
    const taken = this.#rest.subarray(0, into.length)
    into.set(taken)
    this.#rest = this.#rest.subarray(taken.length)
    return taken.length
  }

  async #begin(): Promise<void> {
    const line = await this.#lineBehindWhitespace()
    if (line === null || !isText(line, begin)) throw invalidFile("neither an age file nor one in armour")
    this.#place = "within"
  }

  async #readLine(): Promise<void> {
    const line = await this.#line()
    if (line === null) throw invalidFile("the armour has no end")
    if (isText(line, end)) {
      if ((await this.#lineBehindWhitespace()) !== null) throw invalidFile("something behind the armour")
      this.#place = "behind"
      return
    }
    const isFull = line.length === charactersInLine
    if (this.#place === "last" || line.length === 0 || line.length > charactersInLine) throw malformed()
    const decoded = decodeBase64(line, "base64")
    if (decoded === null) throw malformed()
    this.#rest = decoded
    if (!isFull || decoded.length < bytesInLine) this.#place = "last"
  }

  async #line(): Promise<Uint8Array | null> {
    const line = await this.#text.line()
    if (line === null) return null
    const { text, isEnded } = line
    return isEnded && text.at(-1) === carriageReturn ? text.subarray(0, -1) : text
  }

  async #lineBehindWhitespace(): Promise<Uint8Array | null> {
    const start = this.#text.consumed
    for (;;) {
      const line = await this.#line()
      if (line === null || !line.every(isWhitespace)) return line
      if (this.#text.consumed - start > maximumWhitespace) throw invalidFile("too much white space")
    }
  }
}

function isText(line: Uint8Array, text: string): boolean {
  return line.length === text.length && Buffer.from(line).toString("latin1") === text
}

function malformed() {
  return invalidFile("a line of the armour is malformed")
}

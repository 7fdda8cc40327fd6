import { VaultError } from "../../domain/vault-error.ts"
import { derTag } from "./der-tag.ts"

const maximumDepth = 32

/** Longest object identifier taken: the ones of key files have at most 11 octets. */
const maximumOidLength = 32

/**
 * Reads DER (ITU-T X.690, 10 and 11) element by element, and nothing that is merely BER: lengths are definite and minimal, integers minimal,
 * nothing follows the last element. Contents are views of the bytes given, never copies, so that a secret has one place to wipe.
 *
 * Every method throws INVALID_INPUT naming `where` when the bytes are not what is asked for.
 */
export class DerReader {
  readonly #where: string
  readonly #depth: number
  #rest: Uint8Array

  /** @param where - the structure these bytes are, for the error message ("PrivateKeyInfo") */
  constructor(bytes: Uint8Array, where: string, depth = 0) {
    if (depth > maximumDepth) throw new VaultError("INVALID_INPUT", `${where}: nested too deep`)
    this.#rest = bytes
    this.#where = where
    this.#depth = depth
  }

  /** The reader of a SEQUENCE that is the whole of `bytes`. */
  static sequenceOf(bytes: Uint8Array, where: string): DerReader {
    const outer = new DerReader(bytes, where)
    const sequence = outer.sequence()
    outer.end()
    return sequence
  }

  /** Whether everything was read. */
  get atEnd(): boolean {
    return this.#rest.length === 0
  }

  /** Whether the next element has this tag. */
  isNext(tag: number): boolean {
    return this.#rest[0] === tag
  }

  /** The content of the next element, which must have this tag. */
  content(tag: number): Uint8Array {
    if (this.#rest[0] !== tag) throw this.#invalid("not the expected element")
    const { length, headerLength } = this.#length()
    const end = headerLength + length
    if (end > this.#rest.length) throw this.#invalid("cut off")
    const content = this.#rest.subarray(headerLength, end)
    this.#rest = this.#rest.subarray(end)
    return content
  }

  /** Passes over the next element, whatever it is, and gives its tag. */
  skip(): number {
    const tag = this.#rest[0]
    if (tag === undefined) throw this.#invalid("cut off")
    this.content(tag)
    return tag
  }

  /** The next element, whatever it is, with its tag and its length. */
  element(): Uint8Array {
    const rest = this.#rest
    this.skip()
    return rest.subarray(0, rest.length - this.#rest.length)
  }

  /** A reader of the next element's content, which is constructed (a SEQUENCE or an explicitly tagged value). */
  constructed(tag: number): DerReader {
    return new DerReader(this.content(tag), this.#where, this.#depth + 1)
  }

  sequence(): DerReader {
    return this.constructed(derTag.sequence)
  }

  octetString(): Uint8Array {
    return this.content(derTag.octetString)
  }

  /** A BIT STRING of whole octets, as every key is; `tag` for one that is implicitly tagged. */
  bitString(tag: number = derTag.bitString): Uint8Array {
    const content = this.content(tag)
    if (content[0] !== 0) throw this.#invalid("a bit string of broken octets")
    return content.subarray(1)
  }

  null(): void {
    if (this.content(derTag.null).length !== 0) throw this.#invalid("a NULL with content")
  }

  /** The magnitude of a non-negative INTEGER, without the sign octet; zero is one octet 0. */
  unsignedInteger(): Uint8Array {
    const content = this.content(derTag.integer)
    const [first, second] = content
    if (first === undefined) throw this.#invalid("an empty integer")
    if (first >= 0x80) throw this.#invalid("a negative integer")
    if (first !== 0 || second === undefined) return content
    if (second < 0x80) throw this.#invalid("an integer with leading zeros")
    return content.subarray(1)
  }

  /** A non-negative INTEGER up to 2^48 - 1: versions, counts. A greater one is refused like any other unfit value. */
  smallInteger(): number {
    const magnitude = this.unsignedInteger()
    if (magnitude.length > 6) throw this.#invalid("a number beyond every limit")
    return magnitude.reduce((value, octet) => value * 256 + octet, 0)
  }

  /** An OBJECT IDENTIFIER in dotted form. */
  objectIdentifier(): string {
    const content = this.content(derTag.objectIdentifier)
    const last = content.at(-1)
    if (last === undefined || last >= 0x80 || content.length > maximumOidLength)
      throw this.#invalid("an object identifier")
    const arcs: number[] = []
    let arc = 0
    let isStart = true
    for (const octet of content) {
      // Eight or more septets would leave the integers a double holds exactly.
      if ((isStart && octet === 0x80) || arc >= 2 ** 46) throw this.#invalid("an object identifier")
      arc = arc * 128 + (octet & 0x7f)
      isStart = octet < 0x80
      if (isStart) {
        arcs.push(arc)
        arc = 0
      }
    }
    const [first = 0, ...others] = arcs
    const root = Math.min(Math.floor(first / 40), 2)
    return [root, first - root * 40, ...others].join(".")
  }

  /** Nothing may follow. */
  end(): void {
    if (!this.atEnd) throw this.#invalid("something follows its end")
  }

  #length(): { length: number; headerLength: number } {
    const first = this.#rest[1]
    if (first === undefined) throw this.#invalid("cut off")
    if (first < 0x80) return { length: first, headerLength: 2 }
    const count = first - 0x80
    // 0x80 is the indefinite form (X.690 10.1 forbids it); four octets already reach 4 GiB.
    if (count === 0 || count > 4) throw this.#invalid("a length that is not DER")
    const octets = this.#rest.subarray(2, 2 + count)
    if (octets.length < count) throw this.#invalid("cut off")
    const length = octets.reduce((value, octet) => value * 256 + octet, 0)
    if (length < 0x80 || octets[0] === 0) throw this.#invalid("a length that is not minimal")
    return { length, headerLength: 2 + count }
  }

  #invalid(reason: string): VaultError {
    return new VaultError("INVALID_INPUT", `${this.#where}: ${reason}`)
  }
}

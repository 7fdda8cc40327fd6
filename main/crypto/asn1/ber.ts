import { VaultError } from "../../domain/vault-error.ts"
import { derTag } from "./der-tag.ts"
import { type DerValue, encodeDer } from "./der-writer.ts"

const maximumDepth = 32

/** Far more than any key file has, and few enough to walk through. */
const maximumElements = 20_000

const constructedBit = 0x20
const highTagNumber = 0x1f
const indefinite = 0x80

/** An OCTET STRING in pieces (ITU-T X.690, 8.7.3). */
const octetStringInPieces = derTag.octetString | constructedBit

/**
 * The DER of what may be BER (ITU-T X.690, 8): lengths of the indefinite form and lengths that are not minimal are made definite and minimal,
 * OCTET STRINGs in pieces are joined. Nothing else of BER is taken. It does not look inside of OCTET STRINGs: what lies there is normalised when
 * it is read.
 *
 * @param where - the structure, for the error message
 * @returns a copy, which the caller wipes when it holds a secret
 * @throws INVALID_INPUT when it is not one whole element, or has more than 32 levels or 20,000 elements
 */
export function derOfBer(ber: Uint8Array, where: string): Uint8Array<ArrayBuffer> {
  return encodeDer(new BerReader(ber, where).whole())
}

class BerReader {
  readonly #bytes: Uint8Array
  readonly #where: string
  #position = 0
  #elements = 0

  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes
    this.#where = where
  }

  whole(): DerValue {
    const value = this.#element(this.#bytes.length, 0)
    if (this.#position !== this.#bytes.length) throw this.#invalid("something follows its end")
    return value
  }

  #element(end: number, depth: number): DerValue {
    this.#elements += 1
    if (depth > maximumDepth || this.#elements > maximumElements)
      throw this.#invalid("nested too deep, or too many elements")
    const tag = this.#octet(end)
    if ((tag & highTagNumber) === highTagNumber) throw this.#invalid("not the expected element")
    const length = this.#length(end)
    const isConstructed = (tag & constructedBit) !== 0
    if (!isConstructed) {
      if (length === null) throw this.#invalid("an indefinite length of a primitive element")
      return { tag, parts: [this.#take(length)] }
    }
    const parts = length === null ? this.#untilEndOfContents(end, depth) : this.#until(this.#position + length, depth)
    return tag === octetStringInPieces ? this.#joined(parts) : { tag, parts }
  }

  #until(end: number, depth: number): DerValue[] {
    const parts: DerValue[] = []
    while (this.#position < end) parts.push(this.#element(end, depth + 1))
    return parts
  }

  #untilEndOfContents(end: number, depth: number): DerValue[] {
    const parts: DerValue[] = []
    while (this.#bytes[this.#position] !== 0) parts.push(this.#element(end, depth + 1))
    this.#position += 1
    if (this.#octet(end) !== 0) throw this.#invalid("the end of an indefinite length")
    return parts
  }

  #joined(pieces: readonly DerValue[]): DerValue {
    if (pieces.some(({ tag }) => tag !== derTag.octetString)) throw this.#invalid("an octet string of other pieces")
    return { tag: derTag.octetString, parts: pieces.flatMap(({ parts }) => parts) }
  }

  /** Null for the indefinite form. */
  #length(end: number): number | null {
    const first = this.#octet(end)
    if (first < indefinite) return this.#within(first, end)
    const count = first - indefinite
    if (count === 0) return null
    if (count > 4) throw this.#invalid("a length beyond every limit")
    let length = 0
    for (let index = 0; index < count; index += 1) length = length * 256 + this.#octet(end)
    return this.#within(length, end)
  }

  #within(length: number, end: number): number {
    if (length > end - this.#position) throw this.#invalid("cut off")
    return length
  }

  #octet(end: number): number {
    const octet = this.#bytes[this.#position]
    if (octet === undefined || this.#position >= end) throw this.#invalid("cut off")
    this.#position += 1
    return octet
  }

  #take(length: number): Uint8Array {
    const content = this.#bytes.subarray(this.#position, this.#position + length)
    this.#position += length
    return content
  }

  #invalid(reason: string): VaultError {
    return new VaultError("INVALID_INPUT", `${this.#where}: ${reason}`)
  }
}

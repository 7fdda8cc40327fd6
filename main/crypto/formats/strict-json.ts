import { isUtf8 } from "node:buffer"
import { VaultError } from "../../domain/vault-error.ts"
import { isWhitespace } from "./text-lines.ts"

/**
 * A JSON value as it stands in the bytes. A string is a view of what is between its quotes, escapes and all, so that no secret becomes a string;
 * numbers and literals are kept as they are written: no key file has a secret there.
 */
export type JsonView =
  | { readonly kind: "string"; readonly escaped: Uint8Array }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonView> }
  | { readonly kind: "array"; readonly items: readonly JsonView[] }
  | { readonly kind: "other"; readonly scalar: string }

const maximumDepth = 16
const maximumValues = 10_000

/** Longer than any number or literal a key file has. */
const maximumScalarLength = 32
const scalar = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/

/**
 * Reads one JSON text (RFC 8259) strictly: valid UTF-8, no member twice, nothing after it, at most 16 levels and 10,000 values.
 *
 * @throws INVALID_INPUT saying what is wrong
 */
export function readJson(text: Uint8Array): JsonView {
  if (!isUtf8(text)) throw invalid("not UTF-8")
  return new JsonReader(text).whole()
}

/** The text of a JSON string that is no secret: a name, a label. */
export function textOf(escaped: Uint8Array): string {
  return String(JSON.parse(`"${Buffer.from(escaped).toString("utf8")}"`))
}

class JsonReader {
  readonly #text: Uint8Array
  #position = 0
  #values = 0

  constructor(text: Uint8Array) {
    this.#text = text
  }

  whole(): JsonView {
    const value = this.#value(0)
    this.#skipWhitespace()
    if (this.#position !== this.#text.length) throw invalid("something follows its end")
    return value
  }

  #value(depth: number): JsonView {
    this.#values += 1
    if (depth > maximumDepth || this.#values > maximumValues) throw invalid("nested too deep, or too many values")
    this.#skipWhitespace()
    if (this.#take("{")) return this.#object(depth)
    if (this.#take("[")) return this.#array(depth)
    if (this.#take('"')) return { kind: "string", escaped: this.#string() }
    return this.#scalar()
  }

  #object(depth: number): JsonView {
    const members = new Map<string, JsonView>()
    if (this.#takeAfterSpace("}")) return { kind: "object", members }
    do {
      if (!this.#takeAfterSpace('"')) throw invalid("a member name")
      const name = textOf(this.#string())
      if (members.has(name)) throw invalid("a member stands twice")
      if (!this.#takeAfterSpace(":")) throw invalid("a member without a value")
      members.set(name, this.#value(depth + 1))
    } while (this.#takeAfterSpace(","))
    if (!this.#takeAfterSpace("}")) throw invalid("an object without its end")
    return { kind: "object", members }
  }

  #array(depth: number): JsonView {
    const items: JsonView[] = []
    if (this.#takeAfterSpace("]")) return { kind: "array", items }
    do {
      items.push(this.#value(depth + 1))
    } while (this.#takeAfterSpace(","))
    if (!this.#takeAfterSpace("]")) throw invalid("an array without its end")
    return { kind: "array", items }
  }

  /** What follows an opening quote, up to the closing one, which is consumed. */
  #string(): Uint8Array {
    const start = this.#position
    for (;;) {
      const character = this.#text[this.#position]
      if (character === undefined || character < 0x20) throw invalid("a string")
      this.#position += 1
      if (character === 0x22) return this.#text.subarray(start, this.#position - 1)
      if (character === 0x5c) this.#escape()
    }
  }

  #escape(): void {
    const escaped = Buffer.from(this.#text.subarray(this.#position, this.#position + 5)).toString("latin1")
    const match = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(escaped)
    if (match === null) throw invalid("an escape in a string")
    this.#position += match[0].length
  }

  #scalar(): JsonView {
    const rest = this.#text.subarray(this.#position, this.#position + maximumScalarLength + 1)
    const length = rest.findIndex(
      (character) => isWhitespace(character) || ",]}".includes(String.fromCharCode(character)),
    )
    const word = Buffer.from(rest.subarray(0, length === -1 ? rest.length : length)).toString("latin1")
    if (word.length > maximumScalarLength || !scalar.test(word)) throw invalid("a value")
    this.#position += word.length
    return { kind: "other", scalar: word }
  }

  #takeAfterSpace(character: string): boolean {
    this.#skipWhitespace()
    return this.#take(character)
  }

  #take(character: string): boolean {
    if (this.#text[this.#position] !== character.charCodeAt(0)) return false
    this.#position += 1
    return true
  }

  #skipWhitespace(): void {
    while (isWhitespace(this.#text[this.#position])) this.#position += 1
  }
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `JSON: ${reason}`)
}

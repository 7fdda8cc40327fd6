import type { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { normalisedText } from "../../formats/text-lines.ts"
import { decomposed } from "../normalization.ts"

/** More than 24 words of any list take, with room for blanks. */
const mostBytes = 4096
const mostWords = 1000

/** The words of a text in the form in which lists are searched: form KD, lower case. */
export class PhraseWords implements Disposable {
  readonly words: readonly Uint8Array[]
  readonly #text: Secret

  /**
   * @param text - UTF-8 of any normalization form and case; any white space between the words, so also Japan's wide one
   * @throws INVALID_INPUT when it is not UTF-8 or too long
   */
  constructor(text: Uint8Array) {
    if (text.length > mostBytes) throw new VaultError("INVALID_INPUT", `the words: more than ${mostBytes} bytes`)
    this.#text = decomposed(normalisedText(text), { isLowerCase: true })
    this.words = [...wordsIn(this.#text.bytes)].slice(0, mostWords)
  }

  [Symbol.dispose](): void {
    this.#text[Symbol.dispose]()
  }
}

function* wordsIn(text: Uint8Array): Generator<Uint8Array> {
  let start = 0
  for (const [at, byte] of text.entries()) {
    if (!isBlank(byte)) continue
    if (at > start) yield text.subarray(start, at)
    start = at + 1
  }
  if (text.length > start) yield text.subarray(start)
}

/** Blank and the controls from tab to carriage return: form KD makes a blank of every other space. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

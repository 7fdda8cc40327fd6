import { isUtf8 } from "node:buffer"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** No code point grows to more than this: U+FDFA, of 3 bytes, becomes 33 (Unicode, annex 15). */
const mostGrowth = 11

const combines = /^\p{M}/u
const encoder = new TextEncoder()

/** How text is to be changed besides. */
interface Options {
  readonly isLowerCase?: boolean
}

/**
 * The text in Unicode's normalization form KD, which BIP-0039 asks of words and passphrases. JavaScript normalizes strings only, and a
 * string can't be wiped: so each character goes through by itself, with the marks that combine with it, and the whole never is a string.
 *
 * @param text - UTF-8
 * @throws INVALID_INPUT when it is not UTF-8
 */
export function decomposed(text: Uint8Array, { isLowerCase = false }: Options = {}): Secret {
  if (!isUtf8(text)) throw new VaultError("INVALID_INPUT", "the text is not UTF-8")
  using written = Secret.ofSize(text.length * mostGrowth)
  let length = 0
  for (const cluster of clustersOf(text)) {
    const changed = (isLowerCase ? cluster.toLowerCase() : cluster).normalize("NFKD")
    length += encoder.encodeInto(changed, written.bytes.subarray(length)).written
  }
  return Secret.copyOf(written.bytes.subarray(0, length))
}

/** Runs that can be normalized apart: the order of marks is settled between two characters that combine with nothing (annex 15). */
function* clustersOf(text: Uint8Array): Generator<string> {
  let cluster = ""
  for (const character of charactersOf(text)) {
    // By what it decomposes to: the half-width voiced sound mark, U+FF9E, is no mark before.
    if (cluster !== "" && !combines.test(character.normalize("NFKD"))) {
      yield cluster
      cluster = ""
    }
    cluster += character
  }
  if (cluster !== "") yield cluster
}

function* charactersOf(text: Uint8Array): Generator<string> {
  let start = 0
  while (start < text.length) {
    const end = start + lengthFrom(text[start] ?? 0)
    yield Buffer.from(text.subarray(start, end)).toString("utf8")
    start = end
  }
}

/** How many bytes the character has that begins so (RFC 3629, section 3). */
function lengthFrom(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

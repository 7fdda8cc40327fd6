import { decodeBase64 } from "../formats/base64.ts"
import type { BufferedSource } from "./buffered-source.ts"
import { areArguments, type Header, lineLength, macSize, mark } from "./header.ts"
import { invalidFile } from "./invalid-file.ts"
import { scryptType } from "./scrypt-stanza.ts"
import type { Stanza } from "./stanza.ts"

/** A thousand recipients of the largest kind. */
const maximumSize = 2 * 1024 * 1024

/**
 * Reads a header in the one form that it can have; behind it the source stands at the payload.
 * @throws INVALID_INPUT
 */
export async function readHeader(source: BufferedSource): Promise<Header> {
  const lines = new HeaderLines(source)
  if ((await lines.next()) !== mark.version) throw invalidFile("the file is not of version 1, or not of age at all")
  const stanzas: Stanza[] = []
  for (;;) {
    const line = await lines.next()
    const [start, ...texts] = line.split(" ")
    if (start === mark.mac) return headerOf(stanzas, texts, lines.read)
    if (start !== mark.stanza) throw invalidFile("a line of the header is malformed")
    stanzas.push(await readStanza(texts, lines))
  }
}

async function readStanza(texts: readonly string[], lines: HeaderLines): Promise<Stanza> {
  const [type, ...args] = texts
  if (type === undefined || !areArguments(texts)) throw invalidFile("a stanza with an argument that is none")
  const body: string[] = []
  for (;;) {
    const line = await lines.next()
    if (line.length > lineLength) throw invalidFile("a line of a stanza is too long")
    body.push(line)
    if (line.length < lineLength) return { type, args, body: decoded(body.join("")) }
  }
}

function headerOf(stanzas: readonly Stanza[], texts: readonly string[], lines: readonly string[]): Header {
  if (stanzas.length === 0) throw invalidFile("a header without recipients")
  if (stanzas.length > 1 && stanzas.some(({ type }) => type === scryptType)) {
    throw invalidFile("a passphrase beside other recipients")
  }
  const [mac = "", ...more] = texts
  const bytes = decoded(mac)
  if (more.length > 0 || bytes.length !== macSize) throw invalidFile("the MAC of the header is malformed")
  return { stanzas, text: Buffer.from([...lines.slice(0, -1), mark.mac].join("\n"), "latin1"), mac: bytes }
}

function decoded(base64Text: string): Uint8Array {
  const bytes = decodeBase64(Buffer.from(base64Text, "latin1"), "base64-unpadded")
  if (bytes === null) throw invalidFile("base64 in the header that is not canonical")
  return bytes
}

/** The lines of a header, no more than one can have. */
class HeaderLines {
  readonly read: string[] = []
  readonly #source: BufferedSource

  constructor(source: BufferedSource) {
    this.#source = source
  }

  async next(): Promise<string> {
    const line = await this.#source.line()
    if (line === null || !line.isEnded) throw invalidFile("the file ends within its header")
    if (this.#source.consumed > maximumSize) throw invalidFile("the header is larger than 2 MiB")
    const text = Buffer.from(line.text).toString("latin1")
    this.read.push(text)
    return text
  }
}

import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodeBase64, encodeBase64 } from "./base64.ts"
import { concatenated } from "./concatenated.ts"
import { type LegacyEncryption, readLegacyEncryption } from "./legacy-pem-encryption.ts"
import { linesOf } from "./text-lines.ts"

const lineFeed = 0x0a
const colon = 0x3a

/** More blocks than any key file has, and few enough to work through. */
const maximumBlocks = 32

/** A file of the largest size has 16,384 lines of 64 characters. */
const maximumLines = 32_768

/** Longer than any label in use; it keeps what is made a string here from being a key. */
const maximumBoundaryLength = 80

/** One block of a PEM file: its label ("PRIVATE KEY") and the decoded bytes, owned here: `using` wipes them. */
export interface PemBlock {
  readonly label: string
  readonly content: Secret
  /** how OpenSSL encrypted the content in the days before PKCS#8, or null */
  readonly encryption: LegacyEncryption | null
}

/** Whether a line of the text begins as a block of PEM does. */
export function isPem(text: Uint8Array): boolean {
  return startsWith(text, "-----BEGIN ") || viewOf(text).includes("\n-----BEGIN ")
}

/**
 * Reads PEM (RFC 7468). Other text may stand around the blocks and is passed over (section 2), as of what openssl prints beside keys; the blocks
 * are taken strictly: each END as its BEGIN, nothing but canonical base64 between them. White space at the ends of lines is dropped, and so is
 * CR. The only headers are those of legacy encryption. The caller disposes of every block.
 *
 * @throws INVALID_INPUT naming what is wrong
 */
export function decodePem(text: Uint8Array): PemBlock[] {
  const lines = linesOf(text, maximumLines)
  if (lines === null) throw invalid("too many lines")
  const blocks: PemBlock[] = []
  let next = 0
  try {
    while (next < lines.length) {
      const label = boundaryLabel(lines[next], "BEGIN")
      if (label === null) {
        requireNoBoundary(lines[next])
        next += 1
        continue
      }
      if (label.startsWith("PGP ")) throw invalid("a block of OpenPGP, which has to be a file of its own")
      const end = lines.findIndex((line, index) => index > next && boundaryLabel(line, "END") !== null)
      if (end === -1 || boundaryLabel(lines[end], "END") !== label) throw invalid("a block without its END")
      if (blocks.length === maximumBlocks) throw invalid(`more than ${maximumBlocks} blocks`)
      blocks.push({ label, ...decodeBody(lines.slice(next + 1, end)) })
      next = end + 1
    }
    return blocks
  } catch (error) {
    for (const block of blocks) block.content[Symbol.dispose]()
    throw error
  }
}

/** A block whose BEGIN is damaged is not text to be passed over: its key would be missing, and nobody told. */
function requireNoBoundary(line: Uint8Array | undefined): void {
  if (line !== undefined && (startsWith(line, "-----BEGIN") || startsWith(line, "-----END"))) {
    throw invalid("a BEGIN that is broken, or an END without its BEGIN")
  }
}

function startsWith(text: Uint8Array, start: string): boolean {
  return viewOf(text.subarray(0, start.length)).equals(Buffer.from(start))
}

function viewOf(text: Uint8Array): Buffer {
  return Buffer.from(text.buffer, text.byteOffset, text.length)
}

function boundaryLabel(line: Uint8Array | undefined, edge: "BEGIN" | "END"): string | null {
  if (line === undefined || line.length > maximumBoundaryLength || line[0] !== 0x2d) return null
  const match = /^-----(BEGIN|END) ([A-Z0-9]+(?: [A-Z0-9]+)*)-----$/.exec(Buffer.from(line).toString("latin1"))
  return match?.[1] === edge ? (match[2] ?? null) : null
}

function decodeBody(lines: readonly Uint8Array[]): Omit<PemBlock, "label"> {
  if (lines[0]?.includes(colon) !== true) return { content: decodeContent(lines), encryption: null }
  const end = lines.findIndex((line) => line.length === 0)
  if (end === -1) throw invalid("headers without an empty line after them")
  const encryption = readLegacyEncryption(lines.slice(0, end))
  return { content: decodeContent(lines.slice(end + 1)), encryption }
}

function decodeContent(lines: readonly Uint8Array[]): Secret {
  if (lines.some((line) => line.length === 0)) throw invalid("an empty line inside a block")
  using base64 = new Secret(concatenated(lines))
  const decoded = decodeBase64(base64.bytes, "base64")
  if (decoded === null || decoded.length === 0) throw invalid("base64")
  return new Secret(decoded)
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `PEM: ${reason}`)
}

/**
 * Writes one block, with line feeds only. The caller wipes both arrays.
 *
 * @param lineLength - characters of base64 in a line: 64 in RFC 7468, 70 from OpenSSH
 */
export function encodePem(label: string, content: Uint8Array, lineLength = 64): Uint8Array<ArrayBuffer> {
  using lines = new Secret(base64Lines(content, lineLength))
  return concatenated([Buffer.from(`-----BEGIN ${label}-----\n`), lines.bytes, Buffer.from(`-----END ${label}-----\n`)])
}

/** Base64 in lines that each end with a line feed. The caller wipes both arrays. */
export function base64Lines(content: Uint8Array, lineLength: number): Uint8Array<ArrayBuffer> {
  using base64 = new Secret(encodeBase64(content, "base64"))
  const { bytes: lines } = Secret.ofSize(base64.bytes.length + Math.ceil(base64.bytes.length / lineLength))
  let position = 0
  for (let start = 0; start < base64.bytes.length; start += lineLength) {
    const line = base64.bytes.subarray(start, start + lineLength)
    lines.set(line, position)
    lines[position + line.length] = lineFeed
    position += line.length + 1
  }
  return lines
}

import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { decodeBase64, encodeBase64 } from "../base64.ts"
import { concatenated } from "../concatenated.ts"
import { base64Lines } from "../pem.ts"
import { linesOf } from "../text-lines.ts"

/** More blocks than any file of keys has. */
const maximumBlocks = 32

/** A file of the largest size has 16,384 lines of 64 characters. */
const maximumLines = 32_768
const maximumHeaders = 16
const maximumBoundaryLength = 80

const beginning = Buffer.from("-----BEGIN PGP ")
const equalsSign = 0x3d
const colon = 0x3a
const lineFeed = Uint8Array.of(0x0a)

/** One armoured block: what it is called behind "PGP", and its packets, owned here: `using` wipes them. */
export interface ArmourBlock {
  readonly label: string
  readonly content: Secret
}

/** Whether a text starts as OpenPGP's armour does. */
export function isArmour(text: Uint8Array): boolean {
  return Buffer.from(text.subarray(0, beginning.length)).equals(beginning)
}

/**
 * Reads armour (RFC 9580, section 6.2) as strictly as PEM: only blocks and empty lines, each END as its BEGIN, canonical base64. Headers are
 * skipped, and so is the checksum, which must not be minded (section 6.1). The caller disposes of every block.
 *
 * @throws INVALID_INPUT naming what is wrong
 */
export function decodeArmour(text: Uint8Array): ArmourBlock[] {
  const lines = linesOf(text, maximumLines)
  if (lines === null) throw invalid("too many lines")
  const blocks: ArmourBlock[] = []
  let next = 0
  try {
    while (next < lines.length) {
      if (lines[next]?.length === 0) {
        next += 1
        continue
      }
      const label = boundaryLabel(lines[next], "BEGIN")
      if (label === null) throw invalid("text outside the blocks")
      const end = lines.findIndex((line, index) => index > next && boundaryLabel(line, "END") !== null)
      if (end === -1 || boundaryLabel(lines[end], "END") !== label) throw invalid("a block without its END")
      if (blocks.length === maximumBlocks) throw invalid(`more than ${maximumBlocks} blocks`)
      blocks.push({ label, content: decodeBody(lines.slice(next + 1, end)) })
      next = end + 1
    }
    return blocks
  } catch (error) {
    for (const block of blocks) block.content[Symbol.dispose]()
    throw error
  }
}

function boundaryLabel(line: Uint8Array | undefined, edge: "BEGIN" | "END"): string | null {
  if (line === undefined || line.length > maximumBoundaryLength || line[0] !== 0x2d) return null
  const match = /^-----(BEGIN|END) PGP ([A-Z]+(?: [A-Z]+)*)-----$/.exec(Buffer.from(line).toString("latin1"))
  return match?.[1] === edge ? (match[2] ?? null) : null
}

function decodeBody(lines: readonly Uint8Array[]): Secret {
  const headers = lines.findIndex((line) => line.length === 0)
  if (headers === -1) throw invalid("no empty line before the base64")
  const areHeaders = lines.slice(0, headers).every((line) => line.includes(colon))
  if (headers > maximumHeaders || !areHeaders) throw invalid("headers")
  const body = lines.slice(headers + 1)
  const hasChecksum = body.at(-1)?.[0] === equalsSign && body.at(-1)?.length === 5
  const encoded = hasChecksum ? body.slice(0, -1) : body
  if (encoded.some((line) => line.length === 0)) throw invalid("an empty line inside the base64")
  using base64 = new Secret(concatenated(encoded))
  const decoded = decodeBase64(base64.bytes, "base64")
  if (decoded === null || decoded.length === 0) throw invalid("base64")
  return new Secret(decoded)
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenPGP armour: ${reason}`)
}

/**
 * Writes one block, with line feeds only. The caller wipes both arrays.
 *
 * @param checksum - older programs look for one; keys of version 6 must not have it (section 6.1)
 */
export function encodeArmour(label: string, content: Uint8Array, checksum: boolean): Uint8Array<ArrayBuffer> {
  using lines = new Secret(base64Lines(content, 64))
  const sum = checksum ? [Uint8Array.of(equalsSign), encodeBase64(crc24(content), "base64"), lineFeed] : []
  return concatenated([
    Buffer.from(`-----BEGIN PGP ${label}-----\n\n`),
    lines.bytes,
    ...sum,
    Buffer.from(`-----END PGP ${label}-----\n`),
  ])
}

/** The checksum of section 6.1.1, of three octets. */
function crc24(content: Uint8Array): Uint8Array {
  let crc = 0xb704ce
  for (const octet of content) {
    crc ^= octet << 16
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x800000 ? (crc << 1) ^ 0x1864cfb : crc << 1
  }
  return Uint8Array.of(crc >> 16, crc >> 8, crc)
}

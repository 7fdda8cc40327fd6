import { VaultError } from "../../../domain/vault-error.ts"
import { concatenated } from "../concatenated.ts"
import { uint16Of, uint32Of } from "./packet-fields.ts"
import { PacketReader } from "./packet-reader.ts"

/** What packets are (RFC 9580, section 5), as far as keys consist of them. */
export const packetType = {
  signature: 2,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  compressedData: 8,
  marker: 10,
  trust: 12,
  userId: 13,
  publicSubkey: 14,
  userAttribute: 17,
  padding: 21,
} as const

/** The two ways to write a packet's type and length (section 4.2). GnuPG still writes the old one. */
export type HeaderFormat = "old" | "new"

/** One packet: views of the file. */
export interface Packet {
  readonly type: number
  readonly headerFormat: HeaderFormat
  readonly body: Uint8Array
  /** with its header */
  readonly whole: Uint8Array
}

/** More than a key with all the signatures of a long life has, and few enough to work through. */
const maximumPackets = 4096

/**
 * Takes a file apart into packets.
 *
 * @throws INVALID_INPUT when a header is broken, a packet is cut off, or has no length: only packets of data may come in pieces
 */
export function readPackets(content: Uint8Array): Packet[] {
  const reader = new PacketReader(content, "OpenPGP")
  const packets: Packet[] = []
  while (reader.rest.length > 0) {
    if (packets.length === maximumPackets) throw invalid(`more than ${maximumPackets} packets`)
    packets.push(readPacket(reader))
  }
  return packets
}

/** @throws INVALID_INPUT as `readPackets` */
export function readPacket(reader: PacketReader): Packet {
  const all = reader.rest
  const start = reader.position
  const first = reader.octet()
  if (first < 0x80) throw invalid("no packet where one should be")
  const headerFormat = first < 0xc0 ? "old" : "new"
  const type = headerFormat === "old" ? (first >> 2) & 0x0f : first & 0x3f
  const body = reader.bytes(headerFormat === "old" ? oldLength(reader, first & 3) : newLength(reader))
  return { type, headerFormat, body, whole: all.subarray(0, reader.position - start) }
}

function oldLength(reader: PacketReader, lengthType: number): number {
  switch (lengthType) {
    case 0:
      return reader.octet()
    case 1:
      return reader.uint16()
    case 2:
      return reader.uint32()
    default:
      throw invalid("a packet without a length")
  }
}

function newLength(reader: PacketReader): number {
  const first = reader.octet()
  if (first < 192) return first
  if (first < 224) return ((first - 192) << 8) + reader.octet() + 192
  if (first < 255) throw invalid("a packet in pieces")
  return reader.uint32()
}

/** A packet with its header, as short as it can be. The caller wipes it when a secret is in it. */
export function encodePacket(
  type: number,
  body: readonly Uint8Array[],
  headerFormat: HeaderFormat,
): Uint8Array<ArrayBuffer> {
  const length = body.reduce((sum, part) => sum + part.length, 0)
  const header = headerFormat === "old" ? oldHeader(type, length) : newHeader(type, length)
  return concatenated([...header, ...body])
}

function oldHeader(type: number, length: number): Uint8Array[] {
  const first = 0x80 | (type << 2)
  if (length < 0x100) return [Uint8Array.of(first, length)]
  if (length < 0x10000) return [Uint8Array.of(first | 1), uint16Of(length)]
  return [Uint8Array.of(first | 2), uint32Of(length)]
}

function newHeader(type: number, length: number): Uint8Array[] {
  return [Uint8Array.of(0xc0 | type), ...newLengthOf(length)]
}

/** A length in the new format; those of signature subpackets (section 5.2.3.7) are written the same way. */
export function newLengthOf(length: number): Uint8Array[] {
  if (length < 192) return [Uint8Array.of(length)]
  if (length < 8384) return [Uint8Array.of(((length - 192) >> 8) + 192, (length - 192) & 0xff)]
  return [Uint8Array.of(255), uint32Of(length)]
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenPGP: ${reason}`)
}

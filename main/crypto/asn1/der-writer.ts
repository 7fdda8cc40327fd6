import { Secret } from "../../domain/secret.ts"
import { derTag } from "./der-tag.ts"

/** A value still to be written: content as parts, so that a secret is copied once only, into the finished encoding. */
export interface DerValue {
  readonly tag: number
  readonly parts: readonly (Uint8Array | DerValue)[]
}

const zeroOctet = new Uint8Array(1)

/** Any element: raw content, or the values inside. */
export function derElement(tag: number, ...parts: readonly (Uint8Array | DerValue)[]): DerValue {
  return { tag, parts }
}

export function derSequence(...values: readonly DerValue[]): DerValue {
  return derElement(derTag.sequence, ...values)
}

/** An OCTET STRING of bytes, or of the encoding of a value. */
export function derOctetString(content: Uint8Array | DerValue): DerValue {
  return derElement(derTag.octetString, content)
}

/** A BIT STRING of whole octets. */
export function derBitString(content: Uint8Array | DerValue): DerValue {
  return derElement(derTag.bitString, zeroOctet, content)
}

export function derNull(): DerValue {
  return derElement(derTag.null)
}

/** A non-negative INTEGER from its big-endian magnitude; leading zeros are dropped and the sign octet added. */
export function derUnsignedInteger(magnitude: Uint8Array): DerValue {
  const start = magnitude.findIndex((octet) => octet !== 0)
  if (start === -1) return derElement(derTag.integer, zeroOctet)
  const minimal = magnitude.subarray(start)
  const needsSign = (minimal[0] ?? 0) >= 0x80
  return needsSign ? derElement(derTag.integer, zeroOctet, minimal) : derElement(derTag.integer, minimal)
}

/** A non-negative INTEGER below 2^32. */
export function derSmallInteger(value: number): DerValue {
  const magnitude = new Uint8Array(4)
  new DataView(magnitude.buffer).setUint32(0, value)
  return derUnsignedInteger(magnitude)
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function derObjectIdentifier(dotted: string): DerValue {
  const [root = 0, second = 0, ...others] = dotted.split(".").map(Number)
  return derElement(derTag.objectIdentifier, Uint8Array.from([root * 40 + second, ...others].flatMap(septets)))
}

function septets(arc: number): number[] {
  const low = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) low.unshift(128 + (rest % 128))
  return low
}

/** The DER encoding; the caller owns the bytes, and wipes them when they hold a secret. */
export function encodeDer(value: DerValue): Uint8Array<ArrayBuffer> {
  const { bytes } = Secret.ofSize(encodedLength(value))
  write(value, bytes, 0)
  return bytes
}

function contentLength({ parts }: DerValue): number {
  return parts.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : encodedLength(part)), 0)
}

function encodedLength(value: DerValue): number {
  const length = contentLength(value)
  return 1 + lengthOctets(length).length + length
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 + octets.length, ...octets]
}

function write(value: DerValue, target: Uint8Array, offset: number): number {
  const header = [value.tag, ...lengthOctets(contentLength(value))]
  target.set(header, offset)
  let position = offset + header.length
  for (const part of value.parts) {
    if (part instanceof Uint8Array) {
      target.set(part, position)
      position += part.length
    } else {
      position = write(part, target, position)
    }
  }
  return position
}

import { isAscii, isUtf8 } from "node:buffer"
import { Secret } from "../../domain/secret.ts"

/** The octets that a passphrase may stand for, for each kind of key derivation; the standard's first. */
export interface PasswordForms {
  /** for PBKDF1, PBKDF2 and scrypt: nothing at the end (RFC 8018, section 3: UTF-8) */
  readonly octets: readonly Uint8Array[]
  /** for PKCS #12's own derivation: a BMPString with two zero octets at its end (RFC 7292, B.1) */
  readonly bmp: readonly Uint8Array[]
}

const terminator = new Uint8Array(2)
const nothing = new Uint8Array()

/**
 * The forms that programs give a passphrase: old OpenSSL took each octet for a character, and an empty passphrase is an empty BMPString with its
 * zeros, or nothing at all.
 *
 * @param owned - is given what has to be wiped
 */
export function passwordForms(passphrase: Uint8Array, owned: DisposableStack): PasswordForms {
  if (passphrase.length === 0) return { octets: [nothing], bmp: [terminator, nothing] }
  const byOctet = owned.use(bmpString(passphrase)).bytes
  if (isAscii(passphrase) || !isUtf8(passphrase)) return { octets: [passphrase], bmp: [byOctet] }
  return { octets: [passphrase], bmp: [owned.use(bmpStringOfUtf8(passphrase)).bytes, byOctet] }
}

/** Each octet a character, as in Latin-1. */
function bmpString(octets: Uint8Array): Secret {
  const text = Secret.ofSize(octets.length * 2 + terminator.length)
  for (const [index, octet] of octets.entries()) text.bytes[index * 2 + 1] = octet
  return text
}

/** UTF-16, big-endian; decoded by hand, because a string could not be wiped. */
function bmpStringOfUtf8(octets: Uint8Array): Secret {
  using units = Secret.ofSize(octets.length * 2)
  let length = 0
  const put = (unit: number): void => {
    units.bytes[length] = unit >> 8
    units.bytes[length + 1] = unit & 0xff
    length += 2
  }
  for (const codePoint of codePointsOf(octets)) {
    if (codePoint < 0x1_0000) put(codePoint)
    else {
      put(0xd800 + ((codePoint - 0x1_0000) >> 10))
      put(0xdc00 + ((codePoint - 0x1_0000) & 0x3ff))
    }
  }
  const text = Secret.ofSize(length + terminator.length)
  text.bytes.set(units.bytes.subarray(0, length))
  return text
}

/** @param octets - valid UTF-8 */
function* codePointsOf(octets: Uint8Array): Generator<number> {
  for (let position = 0; position < octets.length; ) {
    const first = octets[position] ?? 0
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    const bits = length === 1 ? 7 : 7 - length
    let codePoint = first & ((1 << bits) - 1)
    for (const octet of octets.subarray(position + 1, position + length)) codePoint = (codePoint << 6) | (octet & 0x3f)
    yield codePoint
    position += length
  }
}

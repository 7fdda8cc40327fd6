import { Secret } from "../../../domain/secret.ts"

/** The alphabet of RFC 1924, that BIP-0085's reference implementation uses. */
const alphabet = new TextEncoder().encode(
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
)

/** Each four bytes, big-endian, as five digits of base 85: ASCII. @throws RangeError when bytes are left over */
export function encodeBase85(bytes: Uint8Array): Secret {
  if (bytes.length % 4 !== 0) throw new RangeError("base85 of whole groups of four bytes")
  const text = Secret.ofSize((bytes.length / 4) * 5)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let group = 0; group < bytes.length / 4; group++) {
    let number = view.getUint32(group * 4)
    for (let digit = 4; digit >= 0; digit--) {
      text.bytes[group * 5 + digit] = alphabet[number % 85] ?? 0
      number = Math.floor(number / 85)
    }
  }
  return text
}

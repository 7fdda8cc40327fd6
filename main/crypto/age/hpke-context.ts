import { Secret } from "../../domain/secret.ts"
import { concatenated } from "../formats/concatenated.ts"
import { hmacSha256 } from "../hmac.ts"

/** RFC 9180, 7: the identifiers of HKDF-SHA256 and of ChaCha20Poly1305. */
const kdf = 0x0001
const aead = 0x0003
const nothing = new Uint8Array(0)
const modeBase = Uint8Array.of(0)

/** The key and the nonce of the first, and here the only, message. */
export interface HpkeContext extends Disposable {
  readonly key: Secret
  readonly nonce: Uint8Array
}

/**
 * The key schedule of HPKE (RFC 9180, 5.1) in its base mode, with HKDF-SHA256 and ChaCha20Poly1305.
 * @param kem - the identifier of what made the shared secret
 */
export function hpkeContext(kem: number, sharedSecret: Secret, info: Uint8Array): HpkeContext {
  const suite = concatenated([Buffer.from("HPKE"), twoOctets(kem), twoOctets(kdf), twoOctets(aead)])
  using pskIdHash = labeledExtract(suite, nothing, "psk_id_hash", nothing)
  using infoHash = labeledExtract(suite, nothing, "info_hash", info)
  const context = concatenated([modeBase, pskIdHash.bytes, infoHash.bytes])
  using secret = labeledExtract(suite, sharedSecret.bytes, "secret", nothing)
  const key = labeledExpand(suite, secret, "key", context, 32)
  const { bytes: nonce } = labeledExpand(suite, secret, "base_nonce", context, 12)
  return { key, nonce, [Symbol.dispose]: () => key[Symbol.dispose]() }
}

/** LabeledExtract (section 4): HKDF-Extract is one HMAC (RFC 5869, 2.2). */
function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, input: Uint8Array): Secret {
  using labeled = new Secret(concatenated([Buffer.from("HPKE-v1"), suite, Buffer.from(label), input]))
  return new Secret(hmacSha256(salt, labeled.bytes))
}

/** LabeledExpand (section 4): for up to 32 bytes, HKDF-Expand is one HMAC (RFC 5869, 2.3). */
function labeledExpand(suite: Uint8Array, secret: Secret, label: string, info: Uint8Array, length: number): Secret {
  const start = [twoOctets(length), Buffer.from("HPKE-v1"), suite, Buffer.from(label), info]
  using whole = new Secret(hmacSha256(secret.bytes, concatenated([...start, Uint8Array.of(1)])))
  return Secret.copyOf(whole.bytes.subarray(0, length))
}

function twoOctets(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff)
}

import { Secret } from "../../../domain/secret.ts"
import { encodeBase58Check } from "../base58.ts"

/** A private key of Bitcoin's main network, and the mark that its public key is compressed. */
const version = 0x80
const isCompressed = 0x01

/** The private key (32 bytes) in Bitcoin's wallet import format, for a compressed public key: ASCII. */
export function writeWalletImportFormat(privateKey: Uint8Array): Secret {
  using whole = Secret.ofSize(privateKey.length + 2)
  whole.bytes[0] = version
  whole.bytes.set(privateKey, 1)
  whole.bytes[privateKey.length + 1] = isCompressed
  return encodeBase58Check(whole.bytes)
}

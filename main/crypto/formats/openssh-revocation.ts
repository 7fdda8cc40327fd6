import { VaultError } from "../../domain/vault-error.ts"
import { concatenated } from "./concatenated.ts"
import { opensshBlob, opensshPublicLine } from "./openssh-public-key.ts"
import { decodePublicKeyInfo } from "./public-key-info.ts"
import { sshString, sshText, sshUint32 } from "./ssh-wire.ts"

/** A public key that is to be trusted no more. */
export interface RevokedKey {
  /** SubjectPublicKeyInfo DER */
  readonly publicKey: Uint8Array
  readonly comment: string
}

const magic = Buffer.from("SSHKRL\n\0", "latin1")
const formatVersion = 1
const explicitKeys = 2

/**
 * Public keys, a line each: what sshd takes as `RevokedKeys`.
 *
 * @throws INVALID_INPUT for a key that SSH does not have
 */
export function opensshRevokedLines(keys: readonly RevokedKey[]): Uint8Array<ArrayBuffer> {
  const lines = keys.map(({ publicKey, comment }) => {
    const line = opensshPublicLine(decodePublicKeyInfo(publicKey).parts, comment)
    if (line === null) throw withoutForm()
    return line
  })
  return new Uint8Array(Buffer.from(lines.join("")))
}

/**
 * A key revocation list (OpenSSH's PROTOCOL.krl): what sshd takes as `RevokedKeys` and `ssh-keygen -Q` reads.
 *
 * @param at - RFC 3339; also the number of the list, which thereby grows
 * @throws INVALID_INPUT for a key that SSH does not have
 */
export function opensshRevocationList(keys: readonly RevokedKey[], at: string): Uint8Array<ArrayBuffer> {
  const seconds = Math.floor(Date.parse(at) / 1000)
  const blobs = keys.map(({ publicKey }) => {
    const blob = opensshBlob(decodePublicKeyInfo(publicKey).parts)
    if (blob === null) throw withoutForm()
    return blob
  })
  return concatenated([
    magic,
    sshUint32(formatVersion),
    sshUint64(seconds),
    sshUint64(seconds),
    // flags: none is defined
    sshUint64(0),
    // reserved
    ...sshText(""),
    ...sshText("made by Claviger"),
    Uint8Array.of(explicitKeys),
    ...sshString(...blobs.flatMap((blob) => sshString(blob))),
  ])
}

function sshUint64(value: number): Uint8Array {
  const octets = new Uint8Array(8)
  new DataView(octets.buffer).setBigUint64(0, BigInt(value))
  return octets
}

function withoutForm(): VaultError {
  return new VaultError("INVALID_INPUT", "openssh has no form for a key of this algorithm")
}

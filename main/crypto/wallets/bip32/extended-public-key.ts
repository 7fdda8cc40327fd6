import { ripemd160 } from "@noble/hashes/legacy.js"
import { VaultError } from "../../../domain/vault-error.ts"
import { sha256 } from "../../hmac.ts"
import { secp256k1 } from "../../secp256k1-curve.ts"
import { type DerivationPath, isHardened } from "./derivation-path.ts"
import { hmacSha512 } from "./hmac-sha512.ts"
import { isScalar, order } from "./scalar.ts"

/** A point of the curve, as the library has it. */
export type CurvePoint = InstanceType<typeof secp256k1.Point>

/** Where in its tree a key is (BIP-0032, "Serialization format"). */
export interface TreePlace {
  /** 0 for a root, at most 255. */
  readonly depth: number
  /** 4 bytes, zeros for a root. */
  readonly parentFingerprint: Uint8Array
  /** The index of this child, hardened from 2^31; 0 for a root. */
  readonly index: number
}

export const rootPlace: TreePlace = { depth: 0, parentFingerprint: new Uint8Array(4), index: 0 }

/** An extended public key (BIP-0032, "Extended keys"): all that is needed to watch a branch of a wallet, and no secret. */
export class ExtendedPublicKey {
  readonly point: CurvePoint
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array
  /** 32 bytes. */
  readonly chainCode: Uint8Array
  readonly place: TreePlace

  constructor(point: CurvePoint, chainCode: Uint8Array, place: TreePlace) {
    this.point = point
    this.publicKey = point.toBytes(true)
    this.chainCode = chainCode
    this.place = place
  }

  /** 4 bytes (BIP-0032, "Key identifiers"). */
  get fingerprint(): Uint8Array {
    return hash160(this.publicKey).subarray(0, 4)
  }

  /**
   * The child at the path, with no private key (CKDpub).
   *
   * @throws INVALID_INPUT when a step is hardened, which takes the private key, or goes deeper than 255
   */
  derive(path: DerivationPath): ExtendedPublicKey {
    let key: ExtendedPublicKey = this
    for (const index of path) key = key.#child(index)
    return key
  }

  #child(index: number): ExtendedPublicKey {
    if (isHardened(index)) throw new VaultError("INVALID_INPUT", "a hardened child needs the private key")
    const place = childPlace(this.place, index, this.fingerprint)
    const { bytes } = hmacSha512(this.chainCode, this.publicKey, bigEndian(index))
    const tweak = bytes.subarray(0, 32)
    if (!isScalar(tweak, order.secp256k1)) throw noSuchChild(index)
    const point = this.point.add(secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.fromBytes(tweak)))
    if (point.is0()) throw noSuchChild(index)
    return new ExtendedPublicKey(point, bytes.slice(32), place)
  }
}

/** @throws INVALID_INPUT below the depth that one byte can tell */
export function childPlace(parent: TreePlace, index: number, parentFingerprint: Uint8Array): TreePlace {
  if (parent.depth >= 255) throw new VaultError("INVALID_INPUT", "path: deeper than 255 steps")
  return { depth: parent.depth + 1, parentFingerprint, index }
}

/** One in 2^127: the standard has no key at this index, and goes on with the next (BIP-0032, "Child key derivation"). */
export function noSuchChild(index: number): VaultError {
  return new VaultError("INVALID_INPUT", `there is no key at index ${index}: take the next one`)
}

/** RIPEMD-160 of SHA-256. By @noble/hashes: BoringSSL may have no RIPEMD-160. */
export function hash160(bytes: Uint8Array): Uint8Array {
  return ripemd160(sha256(bytes))
}

export function bigEndian(number: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes
}

import { Secret } from "../../../domain/secret.ts"
import { publicPointOf } from "../../formats/elliptic-curves.ts"
import { type DerivationPath, isHardened } from "../bip32/derivation-path.ts"
import { bigEndian } from "../bip32/extended-public-key.ts"
import { hmacSha512 } from "../bip32/hmac-sha512.ts"
import { addScalars, isScalar, order } from "../bip32/scalar.ts"
import { requireSeedSize } from "../bip32/seed-size.ts"

/** The curves that have public derivation (SLIP-0010, "Master key generation"). */
export type TreeCurve = keyof typeof order

const masterKeys: Readonly<Record<TreeCurve, Uint8Array>> = {
  secp256k1: new TextEncoder().encode("Bitcoin seed"),
  p256: new TextEncoder().encode("Nist256p1 seed"),
}
const zero = new Uint8Array(1)
const again = Uint8Array.of(1)

/**
 * A key of P-256 or secp256k1 in a tree (SLIP-0010): as BIP-0032, but where that has no key, this hashes until it has one. It owns its
 * secrets, and whoever holds it disposes of it.
 */
export class WeierstrassNode implements Disposable {
  readonly curve: TreeCurve
  /** 32 bytes, from 1 to the curve's order less 1. */
  readonly privateKey: Secret
  /** 32 bytes. */
  readonly chainCode: Secret

  constructor(curve: TreeCurve, privateKey: Secret, chainCode: Secret) {
    this.curve = curve
    this.privateKey = privateKey
    this.chainCode = chainCode
  }

  /** The root that belongs to a seed. @param seed - 16 to 64 bytes */
  static fromSeed(curve: TreeCurve, seed: Uint8Array): WeierstrassNode {
    requireSeedSize(seed)
    let both = hmacSha512(masterKeys[curve], seed)
    while (!isScalar(both.bytes.subarray(0, 32), order[curve])) {
      using invalid = both
      both = hmacSha512(masterKeys[curve], invalid.bytes)
    }
    using root = both
    return new WeierstrassNode(curve, Secret.copyOf(root.bytes.subarray(0, 32)), Secret.copyOf(root.bytes.subarray(32)))
  }

  /** Compressed, 33 bytes (SEC 1, 2.3.3). */
  get publicKey(): Uint8Array {
    const point = publicPointOf(this.curve, this.privateKey.bytes)
    return Uint8Array.of(2 + ((point.at(-1) ?? 0) & 1), ...point.subarray(1, 33))
  }

  /** The child at the path; of an empty path, a copy. */
  derive(path: DerivationPath): WeierstrassNode {
    const { curve, privateKey, chainCode } = this
    let node = new WeierstrassNode(curve, Secret.copyOf(privateKey.bytes), Secret.copyOf(chainCode.bytes))
    for (const index of path) {
      using parent = node
      node = parent.#child(index)
    }
    return node
  }

  [Symbol.dispose](): void {
    this.privateKey[Symbol.dispose]()
    this.chainCode[Symbol.dispose]()
  }

  #child(index: number): WeierstrassNode {
    let both = isHardened(index)
      ? hmacSha512(this.chainCode.bytes, zero, this.privateKey.bytes, bigEndian(index))
      : hmacSha512(this.chainCode.bytes, this.publicKey, bigEndian(index))
    for (;;) {
      using tried = both
      const chainCode = tried.bytes.subarray(32)
      const child = this.#plus(tried.bytes.subarray(0, 32))
      if (child !== null) return new WeierstrassNode(this.curve, child, Secret.copyOf(chainCode))
      both = hmacSha512(this.chainCode.bytes, again, chainCode, bigEndian(index))
    }
  }

  /** The private key of the child, or null when there is none. */
  #plus(tweak: Uint8Array): Secret | null {
    const curveOrder = order[this.curve]
    if (!isScalar(tweak, curveOrder)) return null
    const sum = addScalars(tweak, this.privateKey.bytes, curveOrder)
    if (isScalar(sum.bytes, curveOrder)) return sum
    sum[Symbol.dispose]()
    return null
  }
}

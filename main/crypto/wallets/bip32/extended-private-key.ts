import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { secp256k1 } from "../../secp256k1-curve.ts"
import { type DerivationPath, isHardened } from "./derivation-path.ts"
import {
  bigEndian,
  childPlace,
  ExtendedPublicKey,
  noSuchChild,
  rootPlace,
  type TreePlace,
} from "./extended-public-key.ts"
import { hmacSha512 } from "./hmac-sha512.ts"
import { addScalars, isScalar, order } from "./scalar.ts"
import { requireSeedSize } from "./seed-size.ts"

const masterKey = new TextEncoder().encode("Bitcoin seed")
const zero = new Uint8Array(1)

/**
 * An extended private key (BIP-0032, "Extended keys"). Ours, because a library that keeps private keys wipes some of its copies and not
 * others. It owns its secrets, and whoever holds it disposes of it.
 */
export class ExtendedPrivateKey implements Disposable {
  /** 32 bytes, from 1 to the order of secp256k1 less 1. */
  readonly privateKey: Secret
  /** 32 bytes. */
  readonly chainCode: Secret
  readonly place: TreePlace
  #public: ExtendedPublicKey | null = null

  /** Takes over both secrets. */
  constructor(privateKey: Secret, chainCode: Secret, place: TreePlace) {
    this.privateKey = privateKey
    this.chainCode = chainCode
    this.place = place
  }

  /**
   * The root of the tree that belongs to a seed (BIP-0032, "Master key generation").
   *
   * @param seed - 16 to 64 bytes
   * @throws INVALID_INPUT for another size, or, once in 2^127, a seed that has no root
   */
  static fromSeed(seed: Uint8Array): ExtendedPrivateKey {
    requireSeedSize(seed)
    using both = hmacSha512(masterKey, seed)
    const [left, right] = [both.bytes.subarray(0, 32), both.bytes.subarray(32)]
    if (!isScalar(left, order.secp256k1)) throw new VaultError("INVALID_INPUT", "the seed has no root key")
    return new ExtendedPrivateKey(Secret.copyOf(left), Secret.copyOf(right), rootPlace)
  }

  /** Made when first asked for: it takes some milliseconds, and hardened children need none. Outlives this key. */
  get public(): ExtendedPublicKey {
    this.#public ??= new ExtendedPublicKey(
      secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.fromBytes(this.privateKey.bytes)),
      this.chainCode.bytes.slice(),
      this.place,
    )
    return this.#public
  }

  /**
   * The child at the path (CKDpriv); of an empty path, a copy.
   *
   * @throws INVALID_INPUT deeper than 255, or, once in 2^127, where the standard has no key
   */
  derive(path: DerivationPath): ExtendedPrivateKey {
    let key = new ExtendedPrivateKey(
      Secret.copyOf(this.privateKey.bytes),
      Secret.copyOf(this.chainCode.bytes),
      this.place,
    )
    for (const index of path) {
      using parent = key
      key = parent.#child(index)
    }
    return key
  }

  [Symbol.dispose](): void {
    this.privateKey[Symbol.dispose]()
    this.chainCode[Symbol.dispose]()
  }

  #child(index: number): ExtendedPrivateKey {
    const place = childPlace(this.place, index, this.public.fingerprint)
    using both = isHardened(index)
      ? hmacSha512(this.chainCode.bytes, zero, this.privateKey.bytes, bigEndian(index))
      : hmacSha512(this.chainCode.bytes, this.public.publicKey, bigEndian(index))
    const tweak = both.bytes.subarray(0, 32)
    if (!isScalar(tweak, order.secp256k1)) throw noSuchChild(index)
    const privateKey = addScalars(tweak, this.privateKey.bytes, order.secp256k1)
    if (!isScalar(privateKey.bytes, order.secp256k1)) throw noSuchChild(index)
    return new ExtendedPrivateKey(privateKey, Secret.copyOf(both.bytes.subarray(32)), place)
  }
}

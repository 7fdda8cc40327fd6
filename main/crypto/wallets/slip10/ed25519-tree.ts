import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { edwardsPublicKeyOf } from "../../formats/edwards-private-key.ts"
import { type DerivationPath, isHardened } from "../bip32/derivation-path.ts"
import { bigEndian } from "../bip32/extended-public-key.ts"
import { hmacSha512 } from "../bip32/hmac-sha512.ts"
import { requireSeedSize } from "../bip32/seed-size.ts"

const masterKey = new TextEncoder().encode("ed25519 seed")
const zero = new Uint8Array(1)

/** A key of Ed25519 in a tree (SLIP-0010). It owns its secrets, and whoever holds it disposes of it. */
export class Ed25519Node implements Disposable {
  /** The seed of RFC 8032: 32 bytes. */
  readonly privateKey: Secret
  /** 32 bytes. */
  readonly chainCode: Secret

  constructor(privateKey: Secret, chainCode: Secret) {
    this.privateKey = privateKey
    this.chainCode = chainCode
  }

  /** The root that belongs to a seed: each has one (SLIP-0010, "Master key generation"). @param seed - 16 to 64 bytes */
  static fromSeed(seed: Uint8Array): Ed25519Node {
    requireSeedSize(seed)
    return Ed25519Node.#of(masterKey, seed)
  }

  /** 32 bytes (RFC 8032, 5.1.5). */
  get publicKey(): Uint8Array {
    return edwardsPublicKeyOf({ kind: "ed25519", privateKey: this.privateKey.bytes })
  }

  /**
   * The child at the path; of an empty path, a copy.
   *
   * @throws INVALID_INPUT when a step is not hardened: this curve has no others (SLIP-0010, "Child key derivation")
   */
  derive(path: DerivationPath): Ed25519Node {
    if (!path.every(isHardened)) throw new VaultError("INVALID_INPUT", "path: Ed25519 has hardened steps only")
    let node = new Ed25519Node(Secret.copyOf(this.privateKey.bytes), Secret.copyOf(this.chainCode.bytes))
    for (const index of path) {
      using parent = node
      node = Ed25519Node.#of(parent.chainCode.bytes, zero, parent.privateKey.bytes, bigEndian(index))
    }
    return node
  }

  [Symbol.dispose](): void {
    this.privateKey[Symbol.dispose]()
    this.chainCode[Symbol.dispose]()
  }

  static #of(key: Uint8Array, ...data: readonly Uint8Array[]): Ed25519Node {
    using both = hmacSha512(key, ...data)
    return new Ed25519Node(Secret.copyOf(both.bytes.subarray(0, 32)), Secret.copyOf(both.bytes.subarray(32)))
  }
}

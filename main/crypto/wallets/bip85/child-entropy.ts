import type { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { type DerivationPath, hardened, hardenedOffset } from "../bip32/derivation-path.ts"
import type { ExtendedPrivateKey } from "../bip32/extended-private-key.ts"
import { hmacSha512 } from "../bip32/hmac-sha512.ts"

/** The first step of all paths (BIP-0085, "Specification"). */
const purpose = 83696968
const key = new TextEncoder().encode("bip-entropy-from-k")

/** The path of a child: the numbers of its application, hardened, and its index last. */
export function childEntropyPath(...steps: readonly number[]): DerivationPath {
  return [purpose, ...steps].map((step) => {
    if (!Number.isInteger(step) || step < 0 || step >= hardenedOffset) {
      throw new VaultError("INVALID_INPUT", "index: 0 to 2147483647")
    }
    return hardened(step)
  })
}

/** The entropy of a child, of which each application takes as much as it needs (BIP-0085, "Specification"): 64 bytes. */
export function childEntropy(root: ExtendedPrivateKey, path: DerivationPath): Secret {
  using child = root.derive(path)
  return hmacSha512(key, child.privateKey.bytes)
}

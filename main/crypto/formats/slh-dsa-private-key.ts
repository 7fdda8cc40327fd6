import { VaultError } from "../../domain/vault-error.ts"
import { type SlhDsaAlgorithm, slhDsaSets } from "../post-quantum/parameter-sets.ts"
import type { SlhDsaPrivateParts } from "./key-parts.ts"

/**
 * Reads the private key of RFC 9909, section 6: the four quarters of FIPS 205, figure 15, in no ASN.1 of their own. A view.
 *
 * @throws INVALID_INPUT for another size
 */
export function decodeSlhDsaPrivateKey(privateKey: Uint8Array, algorithm: SlhDsaAlgorithm): SlhDsaPrivateParts {
  const { privateKeySize } = slhDsaSets[algorithm]
  if (privateKey.length !== privateKeySize) {
    throw new VaultError("INVALID_INPUT", `the private key of ${algorithm} is not ${privateKeySize} bytes`)
  }
  return { kind: "slh-dsa", algorithm, privateKey }
}

/** The public key, PK.seed and PK.root, is the second half of the private one. A view; `checkPrivateKey` proves that it belongs there. */
export function slhDsaPublicKeyOf({ privateKey }: SlhDsaPrivateParts): Uint8Array {
  return privateKey.subarray(privateKey.length / 2)
}

import { VaultError } from "../../domain/vault-error.ts"
import { ciphertextSizes, type MlKemAlgorithm } from "../post-quantum/parameter-sets.ts"

/** The ciphertext type check of FIPS 203, 7.3. @throws `INVALID_INPUT` for another size */
export function requireCiphertextSize(algorithm: MlKemAlgorithm, ciphertext: Uint8Array): void {
  const size = ciphertextSizes[algorithm]
  if (ciphertext.length !== size) {
    throw new VaultError("INVALID_INPUT", `ciphertext: one of ${algorithm} is ${size} bytes`)
  }
}

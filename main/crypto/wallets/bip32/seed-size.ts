import { VaultError } from "../../../domain/vault-error.ts"

/** @throws INVALID_INPUT when a tree can't grow from so many bytes (BIP-0032, "Master key generation") */
export function requireSeedSize(seed: Uint8Array): void {
  if (seed.length < 16 || seed.length > 64) throw new VaultError("INVALID_INPUT", "the seed: not 16 to 64 bytes")
}

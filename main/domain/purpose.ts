import type { Algorithm, Purpose, Usage } from "../../preload/contract/values.ts"
import { VaultError } from "./vault-error.ts"

/** One key, one job: the usages that each purpose allows (NIST SP 800-57 part 1, section 5.2). */
const usagesOf: Readonly<Record<Purpose, readonly Usage[]>> = {
  signature: ["sign", "verify"],
  authentication: ["sign", "verify"],
  encryption: ["encrypt", "decrypt"],
  "key-wrapping": ["wrap", "unwrap"],
  mac: ["mac", "verify"],
  "key-agreement": ["derive"],
  ssh: ["sign", "verify"],
  "certificate-authority": ["sign", "verify"],
  wallet: ["derive"],
  secret: [],
}

const signing = ["signature", "authentication", "certificate-authority"] as const
const sealing = ["encryption", "key-wrapping"] as const

const purposesOf: Readonly<Record<Algorithm, readonly Purpose[]>> = {
  "aes-128": sealing,
  "aes-192": sealing,
  "aes-256": sealing,
  "chacha20-poly1305": sealing,
  "hmac-sha256": ["mac", "key-agreement"],
  "hmac-sha384": ["mac", "key-agreement"],
  "hmac-sha512": ["mac", "key-agreement"],
  "rsa-2048": [...signing, ...sealing, "ssh"],
  "rsa-3072": [...signing, ...sealing, "ssh"],
  "rsa-4096": [...signing, ...sealing, "ssh"],
  "ec-p256": [...signing, "ssh", "key-agreement"],
  "ec-p384": [...signing, "ssh", "key-agreement"],
  "ec-p521": [...signing, "ssh", "key-agreement"],
  "ec-secp256k1": signing,
  ed25519: [...signing, "ssh"],
  x25519: ["key-agreement", "encryption"],
  "ml-kem-512": ["key-agreement"],
  "ml-kem-768": ["key-agreement"],
  "ml-kem-1024": ["key-agreement"],
  "ml-dsa-44": signing,
  "ml-dsa-65": signing,
  "ml-dsa-87": signing,
  "slh-dsa-sha2-128s": signing,
  "slh-dsa-sha2-256s": signing,
  secret: ["secret"],
  "bip39-12": ["wallet"],
  "bip39-15": ["wallet"],
  "bip39-18": ["wallet"],
  "bip39-21": ["wallet"],
  "bip39-24": ["wallet"],
  "bip32-seed": ["wallet"],
  "bip32-root": ["wallet"],
}

/** The job that a key of this algorithm most often has: what an import without `--purpose` gets. */
export function usualPurpose(algorithm: Algorithm): Purpose {
  const [first] = purposesOf[algorithm]
  if (first === undefined) throw new Error(`${algorithm} has no purpose`)
  return first
}

/** The jobs that a key of this algorithm can do, each of which is one key's. */
export function purposesFor(algorithm: Algorithm): readonly Purpose[] {
  return purposesOf[algorithm]
}

/** Whether a key of this algorithm can do that job. */
export function fitsPurpose(algorithm: Algorithm, purpose: Purpose): boolean {
  return purposesOf[algorithm].includes(purpose)
}

/** @throws `INVALID_INPUT` when a key of this algorithm can't do that job */
export function requirePurposeFits(algorithm: Algorithm, purpose: Purpose): void {
  if (!fitsPurpose(algorithm, purpose)) {
    throw new VaultError(
      "INVALID_INPUT",
      `purpose: ${algorithm} can't serve ${purpose}; it can serve ${purposesOf[algorithm].join(", ")}`,
    )
  }
}

/**
 * The usages of a new key: those asked for, or all that its purpose allows.
 * @throws `POLICY_DENIED` when one lies outside the purpose
 */
export function usagesWithin(purpose: Purpose, asked: readonly Usage[] | undefined): readonly Usage[] {
  const allowed = usagesOf[purpose]
  const outside = asked?.find((usage) => !allowed.includes(usage))
  if (outside !== undefined) {
    throw new VaultError(
      "POLICY_DENIED",
      `usages-within-purpose: the purpose ${purpose} allows ${allowed.length === 0 ? "none" : allowed.join(", ")}, not ${outside}`,
    )
  }
  return asked === undefined ? allowed : [...new Set(asked)]
}

/** Whether a key of this algorithm is the seed of a wallet. */
export function isSeed(algorithm: Algorithm): boolean {
  return purposesOf[algorithm].includes("wallet")
}

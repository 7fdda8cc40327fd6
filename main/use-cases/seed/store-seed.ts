import type { InputOf } from "../../../preload/contract/index.ts"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Seed, WalletCrypto } from "../../domain/wallet-crypto.ts"
import { ensureWalletKeyring, type NewKey, storeNewKey } from "../key/store-new-key.ts"
import { firstAccounts, keepAccounts } from "./seed-accounts.ts"
import { findSeed, type SeedParts, seedObject } from "./seed-named.ts"

export type SeedMetadata = Pick<
  InputOf<"seed.generate">,
  "name" | "keyring" | "owner" | "environment" | "tags" | "exportable"
>

/**
 * Stores a seed as a new key of its own, with the public keys of its first accounts. The seed stays the caller's to wipe.
 * @throws `ALREADY_EXISTS`, `NOT_FOUND` (keyring), `POLICY_DENIED`
 */
export async function storeSeed(
  vault: OpenVault,
  { crypto, wallets }: SeedParts,
  seed: Seed,
  metadata: SeedMetadata,
  { origin, action, detail }: Pick<NewKey, "origin" | "action" | "detail">,
): Promise<SeedObject> {
  using wallet = await wallets.openWallet(seed, null)
  const { fingerprint } = wallet
  const accounts = firstAccounts(wallet)
  const warnings = origin === "imported" ? await duplicateWarnings(vault, wallets, seed, fingerprint) : []
  ensureWalletKeyring(vault, metadata.keyring)
  const alongside = ({ id }: { readonly id: string }) =>
    keepAccounts(vault, { keyId: id, version: 1, wallet: fingerprint }, accounts)
  const how = { origin, action, ...(detail === undefined ? {} : { detail }) }
  const kind = { ...how, algorithm: seed.algorithm, purpose: "wallet", fingerprint, alongside } as const
  const { id } = await storeNewKey(vault, crypto, kind, metadata, seed.material, null)
  const stored = seedObject(findSeed(vault, id), wallets.wordsOf(seed))
  return warnings.length === 0 ? stored : { ...stored, warnings }
}

async function duplicateWarnings(
  vault: OpenVault,
  wallets: WalletCrypto,
  seed: Seed,
  fingerprint: string,
): Promise<string[]> {
  const there = vault.keys.withFingerprint(fingerprint)
  if (there !== null) return [`a seed of this fingerprint is here already, named ${there}`]
  for (const other of await wallets.otherFingerprints(seed)) {
    const name = vault.keys.withFingerprint(other)
    if (name !== null) return [otherReading(name, seed)]
  }
  return []
}

function otherReading(name: string, { algorithm }: Seed): string {
  const way = algorithm === "bip32-seed" ? "`seed combine`, or its words," : "another language, or `--kind slip39`,"
  return `the same bytes are a seed that is here already, named ${name}, but read like this they are another wallet: ${way} gives that one`
}

/** Before minutes of work: whether the name is free. @throws `ALREADY_EXISTS` */
export function requireFreeName(vault: OpenVault, name: string): void {
  if (vault.keys.find(name) !== null) throw new VaultError("ALREADY_EXISTS", `a key named ${name}`)
}

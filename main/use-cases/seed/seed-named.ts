import type { SeedObject } from "../../../preload/contract/seed.ts"
import type { Algorithm, KeyState } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { unusable } from "../../domain/waiting-destruction.ts"
import type { Seed, SeedWords, WalletCrypto } from "../../domain/wallet-crypto.ts"
import { findKey } from "../key/find-key.ts"
import { placeOf } from "../key-use/log-use.ts"

/** What the use cases of seeds are made of. */
export interface SeedParts {
  readonly session: Session<OpenVault>
  readonly crypto: KeyCrypto
  readonly wallets: WalletCrypto
}

/** One version of a seed: the key that it is in the inventory, and which version. */
export interface SeedVersion {
  readonly key: Key
  readonly version: KeyVersion
}

/** The seed of that name or id; its current version unless another is named. @throws `NOT_FOUND`, `INVALID_INPUT` */
export function findSeed(vault: OpenVault, name: string, number?: number): SeedVersion {
  const key = findKey(vault, name)
  if (key.purpose !== "wallet") throw new VaultError("INVALID_INPUT", `${key.name} is no seed: it is ${key.algorithm}`)
  return { key, version: versionOf(key, number ?? key.currentVersion) }
}

/** A seed that was compromised, or rotated away, is still needed to move from it what it holds. */
const readable: readonly KeyState[] = ["active", "deactivated", "compromised"]

/** Opens the seed itself. `using` wipes it. @throws `STATE_DENIED` */
export async function openSeed(vault: OpenVault, { key, version }: SeedVersion): Promise<Seed & Disposable> {
  for (const [state, what] of [
    [key.state, key.name],
    [version.state, `version ${version.version} of ${key.name}`],
  ] as const) {
    if (!readable.includes(state)) throw unusable(key, what, state)
  }
  const material = await vault.materials.open(placeOf(key, version.version), null)
  return { algorithm: key.algorithm, material, [Symbol.dispose]: () => material[Symbol.dispose]() }
}

/** What is told of a seed. @param words - where they are known; their number stands in the algorithm's name */
export function seedObject({ key, version }: SeedVersion, words: SeedWords | null = null): SeedObject {
  const count = wordCountOf(key.algorithm)
  return {
    name: key.name,
    id: key.id,
    fingerprint: version.fingerprint ?? "",
    version: version.version,
    state: key.state,
    ...(count === null ? {} : { words: count }),
    ...(words === null ? {} : { language: words.language }),
  }
}

function wordCountOf(algorithm: Algorithm): number | null {
  const count = /^bip39-(\d\d)$/.exec(algorithm)?.[1]
  return count === undefined ? null : Number(count)
}

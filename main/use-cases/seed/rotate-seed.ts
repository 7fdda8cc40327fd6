import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Key } from "../../domain/key.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Seed } from "../../domain/wallet-crypto.ts"
import { changeKey } from "../key/change-key.ts"
import { timeOf } from "../key/key-object.ts"
import { newVersion } from "../key/new-version.ts"
import { newestVersion, requireRotatable, rotated } from "../key/rotate-key.ts"
import { requireMayRotate } from "../policy/require-policy.ts"
import { givenAddresses } from "./given-addresses.ts"
import { firstAccounts, keepAccounts } from "./seed-accounts.ts"
import { findSeed, openSeed, type SeedParts, type SeedVersion, seedObject } from "./seed-named.ts"

/**
 * Puts a new seed in an old one's place. The old one stays, to be watched and to move from it what it holds, until it is
 * destroyed; the answer lists the addresses that were given out of it, and of those before it. @throws `NOT_FOUND`, `STATE_DENIED`, `INVALID_INPUT`
 */
export function rotateSeed(parts: SeedParts) {
  return async ({ name, reason, dice }: InputOf<"seed.rotate">): Promise<OutputOf<"seed.rotate">> => {
    using throws = dice === undefined ? null : new Secret(dice)
    const vault = parts.session.current()
    const before = findSeed(vault, name)
    requireRotatable(before.key, timeOf(vault))
    requireMayRotate(vault, before.key)
    const seed = await successor(parts, before, throws)
    using _ = seed.material
    using wallet = await parts.wallets.openWallet(seed, null)
    const accounts = firstAccounts(wallet)
    const { fingerprint } = wallet
    const next = (key: Key): Key => {
      const now = timeOf(vault)
      const number = newestVersion(requireRotatable(key, now)) + 1
      const request = { number, state: "active", now, fingerprint } as const
      return rotated(key, newVersion(parts.crypto, key.algorithm, seed.material, request), now, null)
    }
    const detail = { ...(reason === undefined ? {} : { reason }) }
    using __ = await vault.materials.reach(before.key.keyringId, null)
    changeKey(vault, { name: before.key.id, action: "seed.rotate", detail }, next, (after) => {
      const place = {
        keyId: after.id,
        version: after.currentVersion,
        algorithm: after.algorithm,
        keyringId: after.keyringId,
      }
      vault.materials.put(place, seed.material)
      keepAccounts(vault, { ...place, wallet: fingerprint }, accounts)
    })
    const after = findSeed(vault, before.key.id)
    const moveFrom = after.key.versions
      .filter((version) => version !== after.version && version.destroyedAt === null)
      .flatMap((version) => givenAddresses(vault, { key: after.key, version }))
    return { ...seedObject(after, parts.wallets.wordsOf(seed)), moveFrom }
  }
}

async function successor({ session, wallets }: SeedParts, version: SeedVersion, throws: Secret | null): Promise<Seed> {
  using old = await openSeed(session.current(), version)
  const seed = wallets.successorOf(old, throws?.bytes ?? null)
  if (seed !== null) return seed
  throw new VaultError("INVALID_INPUT", `${version.key.name} is a root key: generate a new seed beside it instead`)
}

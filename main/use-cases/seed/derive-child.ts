import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { WalletCrypto } from "../../domain/wallet-crypto.ts"
import { timeOf } from "../key/key-object.ts"
import { type RevealingParts, requireConsent } from "./reveal-seed.ts"
import { findSeed, openSeed, type SeedVersion } from "./seed-named.ts"
import { requireFreeName, storeSeed } from "./store-seed.ts"

/**
 * Makes a child of BIP-85 and hands it out, or keeps a phrase as a seed of its own. An index is given once: the register
 * remembers it before the child leaves. @throws as `requireConsent`, `ALREADY_EXISTS`, `INVALID_INPUT`
 */
export function deriveChild(parts: RevealingParts) {
  return async (input: InputOf<"seed.child">): Promise<OutputOf<"seed.child">> => {
    const { child: kind, as } = input
    using bip39Passphrase = input.bip39Passphrase === undefined ? null : new Secret(input.bip39Passphrase)
    if (as !== undefined && kind.kind !== "bip39") throw new VaultError("INVALID_INPUT", "as: only a phrase is a seed")
    const vault = parts.session.current()
    const version = findSeed(vault, input.name, input.version)
    await requireConsent(parts, version, input)
    requireUncompromised(version)
    if (as !== undefined) requireFreeName(vault, as)
    using seed = await openSeed(vault, version)
    using wallet = await parts.wallets.openWallet(seed, bip39Passphrase)
    const { index, path } = takeIndex(vault, parts.wallets, version, input, wallet.fingerprint)
    const child = await wallet.child(kind, index)
    if (as === undefined || kind.kind !== "bip39") return { path, index, child: child.bytes }
    using words = child
    const made = await parts.wallets.readSeed(words.bytes, {
      format: "bip39",
      language: kind.language,
      sharesPassphrase: null,
    })
    using _ = made.material
    const { keyring, owner, environment, exportable } = version.key
    const metadata = {
      name: as,
      tags: [],
      keyring,
      exportable,
      owner: owner ?? undefined,
      environment: environment ?? undefined,
    }
    const detail = { from: version.key.name, fromId: version.key.id, fromVersion: version.version.version }
    const how = { origin: "derived", action: "seed.child", detail } as const
    return { path, index, seed: await storeSeed(vault, parts, made, metadata, how) }
  }
}

/** Whoever has the seed has its children too. @throws `STATE_DENIED` */
function requireUncompromised({ key, version }: SeedVersion): void {
  if (version.state === "compromised")
    throw new VaultError("STATE_DENIED", `version ${version.version} of ${key.name} is compromised`)
}

/** Takes the index for good, with its row in the log. */
function takeIndex(
  vault: OpenVault,
  wallets: WalletCrypto,
  { key, version }: SeedVersion,
  { child, index: asked }: Pick<InputOf<"seed.child">, "child" | "index">,
  fingerprint: string,
): { readonly index: number; readonly path: string } {
  return vault.journal.record(() => {
    const family = `${fingerprint}/${wallets.childPath(child, 0).replace(/\/[^/]*$/, "")}`
    const index = asked ?? vault.seeds.nextChild(family)
    vault.seeds.addChild(key.id, version.version, family, index, timeOf(vault))
    const path = wallets.childPath(child, index)
    return {
      entry: {
        action: "seed.child",
        target: key.name,
        usedKeyId: key.id,
        detail: {
          version: version.version,
          kind: child.kind,
          child: `${fingerprint}/${path}`,
          index,
        },
      },
      result: { index, path },
    }
  })
}

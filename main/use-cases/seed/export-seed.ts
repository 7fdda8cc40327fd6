import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Seed, WalletCrypto } from "../../domain/wallet-crypto.ts"
import { logUse } from "../key-use/log-use.ts"
import { requireMayExport } from "../policy/require-policy.ts"
import { findSeed, openSeed, type SeedParts } from "./seed-named.ts"

type Protection = InputOf<"seed.export">["protection"]

/**
 * Lets a seed out, encrypted and only so: its words to age recipients or under a passphrase, or one key of Ethereum as a
 * keystore. @throws `NOT_FOUND`, `STATE_DENIED`, `POLICY_DENIED`, `INVALID_INPUT`
 */
export function exportSeed({ session, wallets }: SeedParts) {
  return async ({ name, version: number, protection }: InputOf<"seed.export">): Promise<OutputOf<"seed.export">> => {
    using owned = new DisposableStack()
    const passphrase = "passphrase" in protection ? owned.use(new Secret(protection.passphrase)) : null
    const vault = session.current()
    const found = findSeed(vault, name, number)
    const { key, version } = found
    if (key.exportable === "never")
      throw new VaultError("POLICY_DENIED", `exportable: ${key.name} never leaves the vault`)
    requireMayExport(vault, key, false)
    using seed = await openSeed(vault, found)
    const exported = await encrypted(wallets, seed, protection, passphrase)
    const path = protection.kind === "keystore-v3" ? { path: protection.path } : {}
    logUse(vault, key, "seed.export", { version: version.version, protection: protection.kind, ...path })
    return { exported, name: key.name, version: version.version }
  }
}

async function encrypted(
  wallets: WalletCrypto,
  seed: Seed,
  protection: Protection,
  passphrase: Secret | null,
): Promise<Uint8Array<ArrayBuffer>> {
  if (protection.kind === "keystore-v3") {
    using bip39Passphrase = protection.bip39Passphrase === undefined ? null : new Secret(protection.bip39Passphrase)
    using wallet = await wallets.openWallet(seed, bip39Passphrase)
    using privateKey = wallet.privateKeyAt(protection.path)
    using under = passphrase ?? Secret.ofSize(0)
    return new Uint8Array(await wallets.writeKeystore(privateKey, under))
  }
  using words = await wallets.writeSeed(seed)
  if (protection.kind === "recipients") return await wallets.encryptFor(protection.recipients, words)
  return await wallets.encryptUnder(passphrase ?? Secret.ofSize(0), words)
}

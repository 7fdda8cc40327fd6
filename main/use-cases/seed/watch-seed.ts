import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Json } from "../../domain/audit-entry.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import type { SeedWallet } from "../../domain/seed-register.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { AccountChoice, AccountKey, OpenWallet, WalletCrypto } from "../../domain/wallet-crypto.ts"
import { timeOf } from "../key/key-object.ts"
import { keepAccounts } from "./seed-accounts.ts"
import { findSeed, openSeed, type SeedParts, type SeedVersion } from "./seed-named.ts"

/**
 * Addresses of a seed. What its accounts' public keys tell needs no seed, and so goes on when that is rotated away or
 * destroyed; each address that is given out is remembered. @throws `NOT_FOUND`, `STATE_DENIED`, `INVALID_INPUT`
 */
export function listSeedAddresses({ session, wallets }: SeedParts) {
  return async (input: InputOf<"seed.addresses">): Promise<OutputOf<"seed.addresses">> => {
    const { name, version: number, bip39Passphrase, ...choice } = input
    using passphrase = bip39Passphrase === undefined ? null : new Secret(bip39Passphrase)
    const vault = session.current()
    const seed = findSeed(vault, name, number)
    const listed =
      choice.standard === "sol"
        ? await fromSeed(vault, wallets, seed, passphrase, async (wallet) => ({
            path: "m/44'/501'",
            addresses: await wallet.addresses(choice),
          }))
        : await fromAccount(vault, wallets, seed, passphrase, choice, async (xpub, origin) => ({
            path: origin.path,
            addresses: await wallets.watchAddresses(xpub, origin, choice),
          }))
    const { path, addresses } = listed.result
    const detail = { standard: choice.standard, path, start: choice.start, count: choice.count, change: choice.change }
    record(vault, seed, "seed.addresses", listed, detail, (wallet) => {
      vault.seeds.addAddresses(wallet, choice.standard, addresses, timeOf(vault))
    })
    return { path, fingerprint: listed.fingerprint, addresses: [...addresses] }
  }
}

/** The extended public key of an account, or at any path, for wallets that only watch. */
export function showAccountKey({ session, wallets }: SeedParts) {
  return async (input: InputOf<"seed.xpub">): Promise<OutputOf<"seed.xpub">> => {
    const { name, version: number, bip39Passphrase, standard, account, path } = input
    using passphrase = bip39Passphrase === undefined ? null : new Secret(bip39Passphrase)
    const vault = session.current()
    const seed = findSeed(vault, name, number)
    if (standard === undefined && path === undefined)
      throw new VaultError("INVALID_INPUT", "standard: it or a path is needed")
    const shown =
      standard === undefined
        ? await fromSeed(vault, wallets, seed, passphrase, async (wallet) => wallet.keyAt(path ?? "m"))
        : await fromAccount(vault, wallets, seed, passphrase, { standard, account, path }, async (xpub, origin) =>
            wallets.watchAccount(xpub, origin, standard),
          )
    const { xpub, path: where, descriptors } = shown.result
    record(vault, seed, "seed.xpub", shown, { path: where })
    return { xpub, fingerprint: shown.fingerprint, path: where, ...descriptorFields(descriptors) }
  }
}

function descriptorFields(descriptors: AccountKey["descriptors"]) {
  if (descriptors === null) return {}
  const { both, receiving, change } = descriptors
  return { descriptor: both, receivingDescriptor: receiving, changeDescriptor: change }
}

/** Something that was derived, and of which wallet. */
interface Derived<Result> {
  readonly result: Result
  readonly fingerprint: string
  /** An account that was not known yet. */
  readonly account: { readonly path: string; readonly xpub: string } | null
}

type Origin = { readonly fingerprint: string; readonly path: string }

/** Works with an account's public key: the one that is known, or, when none is, the seed's. */
async function fromAccount<Result>(
  vault: OpenVault,
  wallets: WalletCrypto,
  seed: SeedVersion,
  passphrase: Secret | null,
  choice: AccountChoice,
  work: (xpub: string, origin: Origin) => Promise<Result>,
): Promise<Derived<Result>> {
  const path = wallets.accountPath(choice)
  const fingerprint = seed.version.fingerprint ?? ""
  const known = passphrase === null ? vault.seeds.account(walletOf(seed, fingerprint), path) : null
  if (known !== null) return { result: await work(known, { fingerprint, path }), fingerprint, account: null }
  const { result: account, fingerprint: opened } = await fromSeed(vault, wallets, seed, passphrase, async (wallet) =>
    wallet.keyAt(path),
  )
  return { result: await work(account.xpub, { fingerprint: opened, path }), fingerprint: opened, account }
}

async function fromSeed<Result>(
  vault: OpenVault,
  wallets: WalletCrypto,
  version: SeedVersion,
  passphrase: Secret | null,
  work: (wallet: OpenWallet) => Promise<Result>,
): Promise<Derived<Result>> {
  using seed = await openSeed(vault, version)
  using wallet = await wallets.openWallet(seed, passphrase)
  return { result: await work(wallet), fingerprint: wallet.fingerprint, account: null }
}

function walletOf({ key, version }: SeedVersion, fingerprint: string): SeedWallet {
  return { keyId: key.id, version: version.version, wallet: fingerprint }
}

/** Logs what was derived, and keeps what it needs to be watched from then on. */
function record(
  vault: OpenVault,
  seed: SeedVersion,
  action: string,
  { fingerprint, account }: Derived<unknown>,
  detail: { readonly [member: string]: Json },
  alongside: (wallet: SeedWallet) => void = () => undefined,
): void {
  const { key, version } = seed
  const wallet = walletOf(seed, fingerprint)
  vault.journal.record(() => {
    if (account !== null) keepAccounts(vault, wallet, [account])
    alongside(wallet)
    return {
      entry: {
        action,
        target: key.name,
        usedKeyId: key.id,
        detail: { version: version.version, fingerprint, ...detail },
      },
      result: undefined,
    }
  })
}

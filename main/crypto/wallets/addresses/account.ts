import { VaultError } from "../../../domain/vault-error.ts"
import { type DerivationPath, hardened, hardenedOffset } from "../bip32/derivation-path.ts"
import type { ExtendedPrivateKey } from "../bip32/extended-private-key.ts"
import type { ExtendedPublicKey } from "../bip32/extended-public-key.ts"
import type { Network } from "../bip32/key-versions.ts"
import { readExtendedKey, writeExtendedPublicKey } from "../bip32/serialization.ts"
import { type AccountStandard, standardRules } from "./standards.ts"

/** Which account of a wallet. */
export interface AccountRequest {
  readonly standard: AccountStandard
  /** Counted from 0, which it is unless told. */
  readonly account?: number
  readonly network?: Network
  /** Instead of the standard's: where the account's key is. */
  readonly path?: DerivationPath
}

/** The public half of an account: enough to list its addresses, and no secret. */
export interface Account {
  readonly standard: AccountStandard
  readonly network: Network
  readonly key: ExtendedPublicKey
  /** Where the key is from, when that is known: an account that was given by its xpub alone does not tell. */
  readonly origin: KeyOrigin | null
}

export interface KeyOrigin {
  /** Of the root: 4 bytes. */
  readonly fingerprint: Uint8Array
  readonly path: DerivationPath
}

/** The path to an account (BIP-0044, "Path levels"). @throws INVALID_INPUT when the account is no index */
export function accountPath({ standard, account = 0, network = "mainnet" }: AccountRequest): DerivationPath {
  const { purpose, coin, script } = standardRules[standard]
  if (!Number.isInteger(account) || account < 0 || account >= hardenedOffset) {
    throw new VaultError("INVALID_INPUT", "account: 0 to 2147483647")
  }
  return [purpose, network === "testnet" && script !== null ? 1 : coin, account].map(hardened)
}

/**
 * An account of the wallet that has this root. Keeps nothing of the root.
 *
 * @throws INVALID_INPUT when the key is no root, and no path is told: a standard's path begins at a root
 */
export function accountOf(root: ExtendedPrivateKey, request: AccountRequest): Account {
  if (root.place.depth > 0 && request.path === undefined) throw new VaultError("INVALID_INPUT", "the key is not a root")
  const { standard, network = "mainnet", path = accountPath(request) } = request
  using key = root.derive(path)
  return { standard, network, key: key.public, origin: { fingerprint: root.public.fingerprint, path } }
}

/**
 * The account that an extended public key was given for: to be watched, without its seed.
 *
 * @param text - `xpub…`, or with the standard's own prefix; ASCII
 * @throws INVALID_INPUT when it is no such key, a private one, or one for addresses of another standard
 */
export function watchedAccount(text: Uint8Array, standard: AccountStandard, origin: KeyOrigin | null = null): Account {
  const read = readExtendedKey(text)
  if (read.isPrivate) {
    read.key[Symbol.dispose]()
    throw new VaultError("INVALID_INPUT", "extended key: a private one, where a public one was expected")
  }
  const { flavour, network, key } = read
  if (flavour !== "x" && flavour !== standardRules[standard].flavour) {
    throw new VaultError("INVALID_INPUT", `extended key: its prefix is not that of ${standard}`)
  }
  return { standard, network, key, origin }
}

/** The account's key as other wallets take it to watch the account: xpub, ypub or zpub by its standard. */
export function accountKeyText({ standard, network, key }: Account): string {
  return writeExtendedPublicKey(key, { network, flavour: standardRules[standard].flavour })
}

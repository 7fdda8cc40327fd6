import type { AddressStandard } from "../../../preload/contract/seed.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { AccountChoice, AccountKey, AddressChoice, WalletAddress } from "../../domain/wallet-crypto.ts"
import { type Account, accountKeyText, accountPath, watchedAccount } from "./addresses/account.ts"
import { accountDescriptors } from "./addresses/descriptor.ts"
import { listAddresses } from "./addresses/list-addresses.ts"
import { type AccountStandard, standardRules } from "./addresses/standards.ts"
import { type DerivationPath, formatDerivationPath, parseDerivationPath } from "./bip32/derivation-path.ts"

/** Where an account that is watched by its public key alone came from. */
interface Origin {
  /** Of the root: 8 hexadecimal digits. */
  readonly fingerprint: string
  readonly path: string
}

/** @throws INVALID_INPUT for Solana, which has no public keys to watch an account by */
export function requireAccountStandard(standard: AddressStandard): AccountStandard {
  if (standard === "sol") throw new VaultError("INVALID_INPUT", "standard: Solana has no extended public keys")
  return standard
}

/** The path that was told, else the standard's. @throws INVALID_INPUT */
export function accountPathOf({ standard, account = 0, path }: AccountChoice): DerivationPath {
  if (path !== undefined) return parseDerivationPath(path)
  return accountPath({ standard: requireAccountStandard(standard), account })
}

/** What is told of an account: its key as its standard writes it, and how other programs describe it. */
export function accountKeyOf(account: Account): AccountKey {
  const { origin, standard } = account
  return {
    xpub: accountKeyText(account),
    path: origin === null ? "" : formatDerivationPath(origin.path),
    descriptors: standardRules[standard].script === null ? null : accountDescriptors(account),
  }
}

export function watchAccount(xpub: string, origin: Origin, standard: AddressStandard): AccountKey {
  return accountKeyOf(watched(xpub, origin, standard))
}

export async function watchAddresses(
  xpub: string,
  origin: Origin,
  { standard, change, start, count }: AddressChoice,
): Promise<readonly WalletAddress[]> {
  return await listAddresses(watched(xpub, origin, standard), { isChange: change, start, count })
}

function watched(xpub: string, { fingerprint, path }: Origin, standard: AddressStandard): Account {
  const origin = { fingerprint: Buffer.from(fingerprint, "hex"), path: parseDerivationPath(path) }
  return watchedAccount(Buffer.from(xpub), requireAccountStandard(standard), origin)
}

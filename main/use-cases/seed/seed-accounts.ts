import type { AddressStandard } from "../../../preload/contract/seed.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { SeedWallet } from "../../domain/seed-register.ts"
import type { OpenWallet } from "../../domain/wallet-crypto.ts"

/** The standards whose first account every seed is watched by from the start. */
const watched: readonly AddressStandard[] = ["bip44", "bip49", "bip84", "bip86", "eth"]

export interface NewAccount {
  readonly path: string
  readonly xpub: string
}

/** The first accounts of a wallet, by which it can be watched when its seed is closed, or destroyed. */
export function firstAccounts(wallet: OpenWallet): readonly NewAccount[] {
  return watched.map((standard) => wallet.accountKey({ standard, account: 0 }))
}

/** Keeps accounts that are not known yet. */
export function keepAccounts(vault: OpenVault, wallet: SeedWallet, accounts: readonly NewAccount[]): void {
  for (const { path, xpub } of accounts) {
    if (vault.seeds.account(wallet, path) === null) vault.seeds.addAccount(wallet, path, xpub)
  }
}

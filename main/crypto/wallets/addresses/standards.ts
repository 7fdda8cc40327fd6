import type { KeyFlavour } from "../bip32/key-versions.ts"
import type { KeyScript } from "./bitcoin-address.ts"

/** The addresses that a seed can give, by the names of the command line. */
export const addressStandards = ["bip44", "bip49", "bip84", "bip86", "eth", "sol"] as const

export type AddressStandard = (typeof addressStandards)[number]

/** The standards whose addresses come from an account's extended public key, so that they can be watched without the seed. */
export type AccountStandard = Exclude<AddressStandard, "sol">

/** How a standard derives and writes. */
export interface StandardRules {
  /** The first step of the path, hardened (BIP-0043). */
  readonly purpose: number
  /** Null for a chain that is not Bitcoin's. */
  readonly script: KeyScript | null
  /** The prefix of the account's key that other wallets know the script by (SLIP-0132); BIP-0086 has none of its own. */
  readonly flavour: KeyFlavour
  /** The second step, hardened, on the main network (SLIP-0044); Bitcoin's testnet has 1. */
  readonly coin: number
}

export const standardRules: Readonly<Record<AccountStandard, StandardRules>> = {
  bip44: { purpose: 44, script: "pkh", flavour: "x", coin: 0 },
  bip49: { purpose: 49, script: "sh(wpkh)", flavour: "y", coin: 0 },
  bip84: { purpose: 84, script: "wpkh", flavour: "z", coin: 0 },
  bip86: { purpose: 86, script: "tr", flavour: "x", coin: 0 },
  eth: { purpose: 44, script: null, flavour: "x", coin: 60 },
}

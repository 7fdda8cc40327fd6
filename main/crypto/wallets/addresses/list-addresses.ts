import { VaultError } from "../../../domain/vault-error.ts"
import { Turns } from "../../turns.ts"
import { formatDerivationPath, hardenedOffset } from "../bip32/derivation-path.ts"
import type { ExtendedPublicKey } from "../bip32/extended-public-key.ts"
import type { Network } from "../bip32/key-versions.ts"
import type { Account } from "./account.ts"
import { bitcoinAddress } from "./bitcoin-address.ts"
import { ethereumAddress } from "./ethereum-address.ts"
import { type AccountStandard, standardRules } from "./standards.ts"

/** One address and where in the wallet it is. */
export interface WalletAddress {
  readonly path: string
  readonly address: string
}

/** Which addresses of an account. */
export interface AddressRange {
  /** Those for one's own change instead of those to be paid to (BIP-0044, "Change"). */
  readonly isChange?: boolean
  /** The first index, 0 unless told. */
  readonly start?: number
  readonly count: number
}

const mostAtOnce = 10_000

/**
 * Addresses of an account, in order, computed in turns. A path begins with `m` when the account's origin is known, else it is what
 * follows the account.
 *
 * @throws INVALID_INPUT when the range goes beyond the last index, has more than 10,000, or asks Ethereum for change
 */
export async function listAddresses(account: Account, range: AddressRange): Promise<readonly WalletAddress[]> {
  const { standard, network, key, origin } = account
  const { isChange = false } = range
  if (isChange && standardRules[standard].script === null) {
    throw new VaultError("INVALID_INPUT", `${standard} has no addresses for change`)
  }
  const chain = isChange ? 1 : 0
  const chainKey = key.derive([chain])
  return await inTurns(range, (index) => {
    const path = formatDerivationPath([...(origin?.path ?? []), chain, index])
    const address = addressOf(chainKey.derive([index]), standard, network)
    return { path: origin === null ? path.replace("m/", "") : path, address }
  })
}

/** The address of a key by a standard. */
export function addressOf(key: ExtendedPublicKey, standard: AccountStandard, network: Network): string {
  const { script } = standardRules[standard]
  return script === null ? ethereumAddress(key.point) : bitcoinAddress(key, script, network)
}

/** Runs the work for each index of the range, and lets others run in between. @throws INVALID_INPUT when the range cannot be */
export async function inTurns<Result>(
  { start = 0, count }: AddressRange,
  work: (index: number) => Result,
): Promise<readonly Result[]> {
  const isRange = Number.isInteger(start) && Number.isInteger(count) && start >= 0 && count >= 1
  if (!isRange || count > mostAtOnce || start + count > hardenedOffset) {
    throw new VaultError("INVALID_INPUT", `addresses: 1 to ${mostAtOnce} of the indexes 0 to 2147483647`)
  }
  const turns = new Turns()
  const results: Result[] = []
  for (let index = start; index < start + count; index++) {
    results.push(work(index))
    await turns.breathe()
  }
  return results
}

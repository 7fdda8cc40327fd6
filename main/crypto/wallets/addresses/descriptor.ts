import { VaultError } from "../../../domain/vault-error.ts"
import { formatDerivationPath } from "../bip32/derivation-path.ts"
import { writeExtendedPublicKey } from "../bip32/serialization.ts"
import type { Account, KeyOrigin } from "./account.ts"
import type { KeyScript } from "./bitcoin-address.ts"
import { withChecksum } from "./descriptor-checksum.ts"
import { standardRules } from "./standards.ts"

/** An account of Bitcoin as other programs take it (BIP-0380 to 0386). Watch only: no secret. */
export interface AccountDescriptors {
  /** Both chains in one (BIP-0389), as Sparrow and newer versions of Bitcoin Core read it. */
  readonly both: string
  readonly receiving: string
  readonly change: string
}

/**
 * The output descriptors of an account, each with its checksum, its key as an xpub whatever the standard, and where that is from.
 *
 * @throws INVALID_INPUT for an account that is not of Bitcoin: descriptors are of its scripts
 */
export function accountDescriptors({ standard, network, key, origin }: Account): AccountDescriptors {
  const { script } = standardRules[standard]
  if (script === null) throw new VaultError("INVALID_INPUT", `${standard} has no output descriptors`)
  const expression = `${originText(origin)}${writeExtendedPublicKey(key, { network })}`
  const descriptor = (chain: string) => withChecksum(inScript(script, `${expression}/${chain}/*`))
  return { both: descriptor("<0;1>"), receiving: descriptor("0"), change: descriptor("1") }
}

/** `h` marks hardened steps, so that no shell wants the quotes of `'` (BIP-0380, "Key expressions"). */
function originText(origin: KeyOrigin | null): string {
  if (origin === null) return ""
  const path = formatDerivationPath(origin.path, "h").slice("m".length)
  return `[${Buffer.from(origin.fingerprint).toString("hex")}${path}]`
}

function inScript(script: KeyScript, key: string): string {
  return script === "sh(wpkh)" ? `sh(wpkh(${key}))` : `${script}(${key})`
}

import type { ChildKind } from "../../../preload/contract/seed.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type {
  AccountChoice,
  AccountKey,
  AddressChoice,
  OpenWallet,
  Seed,
  WalletAddress,
} from "../../domain/wallet-crypto.ts"
import { accountKeyOf, accountPathOf, requireAccountStandard } from "./account-key.ts"
import { accountOf } from "./addresses/account.ts"
import { listAddresses } from "./addresses/list-addresses.ts"
import { solanaAddresses } from "./addresses/solana-addresses.ts"
import { formatDerivationPath, parseDerivationPath } from "./bip32/derivation-path.ts"
import { ExtendedPrivateKey } from "./bip32/extended-private-key.ts"
import { writeExtendedPublicKey } from "./bip32/serialization.ts"
import { phraseSeed } from "./bip39/phrase-seed.ts"
import { writePhrase } from "./bip39/write-phrase.ts"
import {
  base64PasswordChild,
  base85PasswordChild,
  hexChild,
  phraseChild,
  wifChild,
  xprvChild,
} from "./bip85/children.ts"
import { entropyOf, rootOf, wordsOf } from "./seed-material.ts"

/**
 * Opens the wallet of a seed. Takes over neither.
 *
 * @param passphrase - of BIP-39: there is no wrong one, each makes another wallet
 * @throws INVALID_INPUT when a seed without words is given one, or it is not UTF-8
 */
export async function openWallet(seed: Seed, passphrase: Secret | null): Promise<OpenWallet> {
  const words = wordsOf(seed)
  if (words === null && passphrase !== null) {
    throw new VaultError("INVALID_INPUT", "bip39Passphrase: this seed has no words, and so no such passphrase")
  }
  if (seed.algorithm === "bip32-root") return new RootedWallet(rootOf(seed), null)
  const bare =
    words === null
      ? Secret.copyOf(seed.material.bytes)
      : await phraseSeed(entropyOf(seed), words.language, passphrase ?? undefined)
  try {
    return new RootedWallet(ExtendedPrivateKey.fromSeed(bare.bytes), bare)
  } catch (error) {
    bare[Symbol.dispose]()
    throw error
  }
}

class RootedWallet implements OpenWallet {
  readonly fingerprint: string
  readonly #root: ExtendedPrivateKey
  /** `null` where only the root key is known. */
  readonly #seed: Secret | null

  /** Takes over both. */
  constructor(root: ExtendedPrivateKey, seed: Secret | null) {
    this.#root = root
    this.#seed = seed
    this.fingerprint = Buffer.from(root.public.fingerprint).toString("hex")
  }

  accountKey(choice: AccountChoice): AccountKey {
    const standard = requireAccountStandard(choice.standard)
    return accountKeyOf(accountOf(this.#root, { standard, path: accountPathOf(choice) }))
  }

  keyAt(path: string): AccountKey {
    const steps = parseDerivationPath(path)
    using key = this.#root.derive(steps)
    return { xpub: writeExtendedPublicKey(key.public), path: formatDerivationPath(steps), descriptors: null }
  }

  async addresses(choice: AddressChoice): Promise<readonly WalletAddress[]> {
    const { change, start, count, standard } = choice
    if (standard === "sol") return await this.#solana(choice)
    const account = accountOf(this.#root, { standard, path: accountPathOf(choice) })
    return await listAddresses(account, { isChange: change, start, count })
  }

  async child(kind: ChildKind, index: number): Promise<Secret> {
    switch (kind.kind) {
      case "bip39": {
        using entropy = phraseChild(this.#root, { ...kind, index })
        return await writePhrase(entropy.bytes, kind.language)
      }
      case "hex":
        return hexChild(this.#root, kind.bytes, index)
      case "wif":
        return wifChild(this.#root, index)
      case "xprv":
        return xprvChild(this.#root, index)
      case "base64":
        return base64PasswordChild(this.#root, kind.length, index)
      case "base85":
        return base85PasswordChild(this.#root, kind.length, index)
    }
  }

  privateKeyAt(path: string): Secret {
    using key = this.#root.derive(parseDerivationPath(path))
    return Secret.copyOf(key.privateKey.bytes)
  }

  [Symbol.dispose](): void {
    this.#root[Symbol.dispose]()
    this.#seed?.[Symbol.dispose]()
  }

  async #solana({ change, start, count, path, account }: AddressChoice): Promise<readonly WalletAddress[]> {
    if (this.#seed === null)
      throw new VaultError("INVALID_INPUT", "standard: Solana's tree grows from a seed, not from a root key")
    if (change || path !== undefined || account !== undefined) {
      throw new VaultError("INVALID_INPUT", "standard: Solana has no change, and its addresses are its accounts")
    }
    return await solanaAddresses(this.#seed.bytes, { start, count })
  }
}

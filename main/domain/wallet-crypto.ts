import type {
  AddressStandard,
  ChildKind,
  SeedFormat,
  SeedLanguage,
  SharePlan,
  WordCount,
} from "../../preload/contract/seed.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import type { Secret } from "./secret.ts"

/** A seed as the vault keeps it: of a phrase the language and the entropy, else the bare seed, or a root key. */
export interface Seed {
  readonly algorithm: Algorithm
  readonly material: Secret
}

export interface SeedWords {
  readonly words: WordCount
  readonly language: SeedLanguage
}

/** Which account of a wallet: by a standard and a number, or by a path. */
export interface AccountChoice {
  readonly standard: AddressStandard
  readonly account?: number | undefined
  readonly path?: string | undefined
}

export interface AddressChoice extends AccountChoice {
  readonly change: boolean
  readonly start: number
  readonly count: number
}

export interface WalletAddress {
  readonly path: string
  readonly address: string
}

/** The public half of an account: enough to watch it, and no secret. */
export interface AccountKey {
  /** Written as its standard wants it: xpub, ypub or zpub. */
  readonly xpub: string
  readonly path: string
  readonly descriptors: { readonly both: string; readonly receiving: string; readonly change: string } | null
}

/** A wallet while its seed is open. `using` wipes the seed. */
export interface OpenWallet extends Disposable {
  /** Of the master key: 8 hexadecimal digits. It differs with each BIP-39 passphrase. */
  readonly fingerprint: string
  /** @throws `INVALID_INPUT` */
  accountKey(choice: AccountChoice): AccountKey
  /** The extended public key at any path. @throws `INVALID_INPUT` */
  keyAt(path: string): AccountKey
  /** @throws `INVALID_INPUT` also for Solana of a root key, whose tree is another */
  addresses(choice: AddressChoice): Promise<readonly WalletAddress[]>
  /** A child of BIP-85, as the text that it is handed out as. */
  child(kind: ChildKind, index: number): Promise<Secret>
  /** The private key at a path, 32 bytes. */
  privateKeyAt(path: string): Secret
}

/** What the use cases ask of the cryptography of wallets. */
export interface WalletCrypto {
  generateSeed(words: SeedWords, dice: Uint8Array | null): Seed
  /** Another seed of the same kind, for a rotation; `null` where there is none of its kind. */
  successorOf(seed: Seed, dice: Uint8Array | null): Seed | null
  /** @throws `INVALID_INPUT`, `WRONG_SHARES` */
  readSeed(
    file: Uint8Array,
    request: {
      readonly format: SeedFormat
      readonly language: SeedLanguage | undefined
      readonly sharesPassphrase: Secret | null
    },
  ): Promise<Seed>
  /** @throws `INVALID_INPUT`, `WRONG_SHARES` */
  combineSeed(
    shares: readonly Uint8Array[],
    request: {
      readonly kind: "bip39" | "slip39"
      readonly language: SeedLanguage
      readonly sharesPassphrase: Secret | null
    },
  ): Promise<Seed>
  /** Of a phrase; `null` for a seed that has no words. */
  wordsOf(seed: Seed): SeedWords | null
  /** Words, hexadecimal digits or xprv: what a person writes down. */
  writeSeed(seed: Seed): Promise<Secret>
  compareCopy(seed: Seed, copy: Uint8Array): Promise<{ matches: boolean; wrongPositions: readonly number[] | null }>
  splitSeed(seed: Seed, plan: SharePlan, passphrase: Secret | null): Promise<Secret[][]>
  /** Fingerprints of the other wallets that its bytes are as a phrase, in each language, or as a seed without words. */
  otherFingerprints(seed: Seed): Promise<readonly string[]>
  openWallet(seed: Seed, bip39Passphrase: Secret | null): Promise<OpenWallet>
  /** Addresses of an account by its extended public key alone. */
  watchAddresses(
    xpub: string,
    origin: { readonly fingerprint: string; readonly path: string },
    choice: AddressChoice,
  ): Promise<readonly WalletAddress[]>
  /** The account's key for other wallets, by its extended public key alone. */
  watchAccount(
    xpub: string,
    origin: { readonly fingerprint: string; readonly path: string },
    standard: AddressStandard,
  ): AccountKey
  /** Where a standard's account is. @throws `INVALID_INPUT` for Solana, which has none to watch */
  accountPath(choice: AccountChoice): string
  /** The path of a BIP-85 child. */
  childPath(kind: ChildKind, index: number): string
  /** Encrypted to age recipients, or under a passphrase. @throws `INVALID_INPUT` */
  encryptFor(recipients: readonly string[], plaintext: Secret): Promise<Uint8Array<ArrayBuffer>>
  encryptUnder(passphrase: Secret, plaintext: Secret): Promise<Uint8Array<ArrayBuffer>>
  /** A private key as Ethereum's programs keep it. */
  writeKeystore(privateKey: Secret, passphrase: Secret): Promise<Uint8Array>
}

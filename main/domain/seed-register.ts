/** One wallet of a seed: the version it is of, and the fingerprint of its master key, which each BIP-39 passphrase changes. */
export interface SeedWallet {
  readonly keyId: string
  readonly version: number
  readonly wallet: string
}

/** What has been derived from seeds and given out: no secrets, and it outlives them. */
export interface SeedRegister {
  /** The extended public key of an account (an xpub, whatever its standard), or `null`. */
  account(wallet: SeedWallet, path: string): string | null
  addAccount(wallet: SeedWallet, path: string, xpub: string): void
  /** Addresses that were given out, in the order of their paths. */
  addresses(keyId: string, version: number): readonly SeedAddress[]
  addAddresses(
    wallet: SeedWallet,
    standard: string,
    addresses: readonly { path: string; address: string }[],
    at: string,
  ): void
  /**
   * The index that a child of this kind would have next: one more than the greatest given, and when that was the greatest
   * there is, the least that was not.
   * @param family - the wallet and the child's path but for the index: what was given counts under any name of the seed
   */
  nextChild(family: string): number
  /** @throws `ALREADY_EXISTS` when the index was given before, under any name of the seed */
  addChild(keyId: string, version: number, family: string, index: number, at: string): void
}

export interface SeedAddress {
  readonly wallet: string
  readonly standard: string
  readonly path: string
  readonly address: string
}

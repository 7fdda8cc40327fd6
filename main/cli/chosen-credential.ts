import type { KeyslotSummary } from "../../preload/contract/keyslot-summary.ts"
import type { Context, GivenCredential } from "./context.ts"
import type { GlobalOptions } from "./global-options.ts"
import type { VaultPassphrase } from "./vault-passphrase.ts"
import { withPin } from "./with-pin.ts"

/** What opens the vault, as it was said: its passphrase, or a token with its PIN, and a passphrase as well where a keyslot wants both. */
export class ChosenCredential {
  readonly #options: GlobalOptions
  readonly #passphrase: VaultPassphrase
  readonly #pin: Context["pin"]

  constructor(options: GlobalOptions, passphrase: VaultPassphrase, pin: Context["pin"]) {
    this.#options = options
    this.#passphrase = passphrase
    this.#pin = pin
  }

  /** Whether somebody said what it is. */
  get isSaid(): boolean {
    return this.#options.unlockToken !== undefined || this.#hasPassphrase
  }

  get #hasPassphrase(): boolean {
    return (this.#options.passphraseFile ?? this.#options.passphraseFd) !== undefined
  }

  /** @param keyslots - what is to be opened, where that can be known */
  async with<Result>(
    keyslots: () => Promise<readonly KeyslotSummary[]>,
    act: (given: GivenCredential) => Promise<Result>,
  ): Promise<Result> {
    const { unlockToken: uri, unlockPinFile: pinFile, unlockPinFd: pinFd } = this.#options
    if (uri === undefined) {
      using passphrase = await this.#passphrase.copy()
      return await act({ passphrase: passphrase.bytes })
    }
    const needsBoth = this.#needsBoth(await keyslots())
    return await withPin({ pin: this.#pin }, { pinFile, pinFd }, async (pin) => {
      using passphrase = needsBoth ? await this.#passphrase.copy() : null
      return await act({ token: { uri, ...pin, ...(passphrase === null ? {} : { passphrase: passphrase.bytes }) } })
    })
  }

  /** A passphrase may also be said for what a command does besides. */
  #needsBoth(keyslots: readonly KeyslotSummary[]): boolean {
    const kinds = keyslots.map(({ kind }) => kind)
    if (kinds.length === 0) return this.#hasPassphrase
    return kinds.includes("token+passphrase") && (this.#hasPassphrase || !kinds.includes("token"))
  }
}

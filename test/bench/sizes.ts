/** How much of everything a run measures. */
export interface Sizes {
  readonly isQuick: boolean
  /** Keys in the vault, and entries at the peer, where a peer is beside us. */
  readonly peer: number
  /** Keys made, versions rewrapped. */
  readonly bulk: number
  /** Rows of the log. */
  readonly log: number
  /** Of a file, in MiB. */
  readonly file: number
  /** Signatures by a token, of the fast kind. */
  readonly signatures: number
  /** Keys, to see how what we take grows. */
  readonly steps: readonly number[]
  /** How often each of two works is done, in turns. */
  readonly rounds: number
}

/** What the goals are set for. */
export const fullSizes: Sizes = {
  isQuick: false,
  peer: 50_000,
  bulk: 100_000,
  log: 1_000_000,
  file: 1024,
  signatures: 8_000,
  steps: [1_000, 10_000, 100_000],
  rounds: 3,
}

/** A look in a minute. The goals do not hold here, where fixed costs weigh more: nothing fails. */
export const quickSizes: Sizes = {
  isQuick: true,
  peer: 2_000,
  bulk: 5_000,
  log: 20_000,
  file: 64,
  signatures: 800,
  steps: [100, 1_000, 5_000],
  rounds: 2,
}

/** How far long work has come. */
export interface Progress {
  /** Bytes. */
  readonly done: number
  /** `null` where nobody knows. */
  readonly total: number | null
}

/** Told now and then, and `null` when the work is over, however it ended. */
export type TellProgress = (progress: Progress | null) => void

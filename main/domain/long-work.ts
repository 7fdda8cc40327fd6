import type { LongOperation } from "../../preload/contract/announcements.ts"

/** How far long work has come. */
export interface Progress {
  readonly done: number
  /** `null` where nobody knows. */
  readonly total: number | null
  /** Of what: bytes, or parts of the whole that take about as long as each other. */
  readonly unit: "bytes" | "parts"
}

/** Told now and then of an operation, and `null` when it is over, however it ended. */
export type TellProgress = (progress: Progress | null, of: LongOperation) => void

/** How long work is followed: it tells how far it is as often as it likes, and ends early, leaving nothing behind. */
export interface LongWork {
  readonly tell: (progress: Progress) => void
  /** Aborted with what the work is to throw. */
  readonly signal: AbortSignal
}

/** Has work followed under the name of its operation. */
export type FollowWork = <Result>(of: LongOperation, work: (longWork: LongWork) => Promise<Result>) => Promise<Result>

/** Nobody asks how far it is, and nobody cancels it. */
export const unfollowed: LongWork = { tell: () => undefined, signal: new AbortController().signal }

/** One of several parts of long work, told of as part of the whole. */
export function partOf({ tell, signal }: LongWork, index: number, parts: number): LongWork {
  return {
    signal,
    tell: (progress) => tell({ done: index + (shareOf(progress) ?? 0), total: parts, unit: "parts" }),
  }
}

/** From 0 to 1; `null` where nobody knows. */
export function shareOf({ done, total }: Progress): number | null {
  return total === null || total === 0 ? null : Math.min(1, done / total)
}

/** A step after which the work may end early. */
export function step({ tell, signal }: LongWork, done: number, total: number | null): void {
  signal.throwIfAborted()
  tell({ done, total, unit: "parts" })
}

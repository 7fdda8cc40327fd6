import { createContext, useContext } from "react"

/** Work that takes its time, and can be ended early. */
export interface LongWork {
  /** How much of it is done, from 0 to 1; `null` where that is not known. */
  readonly share: number | null
  /** As far as it can be told. */
  readonly secondsLeft: number | null
  readonly isCancelled: boolean
  /** Ends it as soon as it can leave nothing behind: what asked for it is told so. */
  cancel(): void
}

/** By the name of its operation. */
export const LongWorkContext = createContext<ReadonlyMap<string, LongWork>>(new Map())

/** How far an operation is that goes on now, or `null`. */
export function useLongWork(of: string | undefined): LongWork | null {
  const all = useContext(LongWorkContext)
  return of === undefined ? null : (all.get(of) ?? null)
}

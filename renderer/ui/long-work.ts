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

export const LongWorkContext = createContext<LongWork | null>(null)

/** What goes on now, or `null`. */
export function useLongWork(): LongWork | null {
  return useContext(LongWorkContext)
}

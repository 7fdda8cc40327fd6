import { useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"

export interface Task {
  readonly isRunning: boolean
  readonly failure: Error | null
  /** Runs work that may change the vault; afterwards every screen asks again. @returns whether it was done */
  run(work: () => Promise<unknown>): Promise<boolean>
  forget(): void
}

/** One piece of work at a time, with its failure where it was started: of a double click the second does nothing. */
export function useTask(): Task {
  const queries = useQueryClient()
  const [isRunning, setRunning] = useState(false)
  const isBusy = useRef(false)
  const [failure, setFailure] = useState<Error | null>(null)
  return {
    isRunning,
    failure,
    forget: () => setFailure(null),
    async run(work) {
      if (isBusy.current) return false
      isBusy.current = true
      setRunning(true)
      setFailure(null)
      try {
        await work()
        return true
      } catch (error) {
        setFailure(error instanceof Error ? error : new Error(String(error)))
        return false
      } finally {
        isBusy.current = false
        setRunning(false)
        void queries.invalidateQueries()
      }
    },
  }
}

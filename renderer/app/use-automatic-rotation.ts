import { useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { ask } from "../api/ask.ts"

/**
 * Has rotate by itself what is due, where the policies say so, whenever something more is due. What can't stays due, and Health tells
 * of it.
 * @param due - how many keys are
 */
export function useAutomaticRotation(due: number): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (due === 0) return
    ask("rotation.automatic", {}).then(
      ({ rotated }) => {
        if (rotated.length > 0) void queries.invalidateQueries()
      },
      () => undefined,
    )
  }, [due, queries])
}

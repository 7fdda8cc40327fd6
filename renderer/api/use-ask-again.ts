import { useQueryClient } from "@tanstack/react-query"
import type { AskedName } from "./ask.ts"

/**
 * For what main says by itself: all that is shown of these operations is asked for once more. A first answer that is still under way
 * may be from before that was said, and the library alone would take it for the newest.
 */
export function useAskAgain(): (...names: readonly AskedName[]) => void {
  const queries = useQueryClient()
  return (...names) => {
    for (const name of names) {
      const queryKey = [name]
      void queries.cancelQueries({ queryKey }).then(() => queries.invalidateQueries({ queryKey }))
    }
  }
}

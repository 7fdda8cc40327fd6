import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"

/** Which columns the person hid: main keeps them, as with every preference. */
export function useHiddenColumns(): readonly [hidden: readonly string[], hide: (hidden: readonly string[]) => void] {
  const queries = useQueryClient()
  const start = useAnswer("window.start", {})
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const hide = (hidden: readonly string[]) => {
    setChosen(hidden)
    void ask("window.set", { hiddenColumns: [...hidden] }).then(() =>
      queries.invalidateQueries({ queryKey: ["window.start"] }),
    )
  }
  return [chosen ?? start.data?.preferences.hiddenColumns ?? [], hide]
}

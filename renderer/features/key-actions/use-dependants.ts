import { useQuery } from "@tanstack/react-query"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { neededBy } from "./needed-by.ts"

/** What would suffer from the destruction of these keys; `null` until it is known. */
export interface Dependants {
  readonly keys: number
  readonly backups: number
}

/** Other keys that depend on these, and the backups there are. */
export function useDependants(keys: readonly KeyObject[]): Dependants | null {
  const backups = useAnswer("vault.backups", {})
  const names = keys.map(({ name }) => name)
  const others = useQuery({
    queryKey: ["dependants", names],
    queryFn: async () => {
      const found = new Set<string>()
      for (const name of names) {
        for (const other of neededBy(await ask("key.show", { name }))) if (!names.includes(other)) found.add(other)
      }
      return found.size
    },
  })
  if (others.data === undefined || backups.data === undefined) return null
  return { keys: others.data, backups: backups.data.backups.length }
}

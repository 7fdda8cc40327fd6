import { useQuery } from "@tanstack/react-query"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { neededBy } from "./needed-by.ts"

/** What would suffer from the destruction of these keys; `null` until it is known. */
export interface Dependants {
  readonly keys: number
  readonly backups: number
}

/** Other keys that depend on these, and the backups that hold any of them. */
export function useDependants(keys: readonly KeyObject[]): Dependants | null {
  const names = keys.map(({ name }) => name)
  const others = useQuery({
    queryKey: ["dependants", names],
    queryFn: async () => {
      const found = new Set<string>()
      const holding = new Set<string>()
      for (const name of names) {
        for (const other of neededBy(await ask("key.show", { name }))) if (!names.includes(other)) found.add(other)
        for (const { id } of (await ask("vault.backups", { holding: name })).backups) holding.add(id)
      }
      return { keys: found.size, backups: holding.size }
    },
  })
  return others.data ?? null
}

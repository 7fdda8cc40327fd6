import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask, type RequestFor } from "../../api/ask.ts"
import { type Pages, usePages } from "../../api/use-pages.ts"

export type KeyQuery = Omit<RequestFor<"key.list">, "limit" | "cursor">

export function useKeyPages(asked: KeyQuery): Pages<KeyObject> {
  return usePages(["key.list", asked], async (page) => {
    const { keys: items, next } = await ask("key.list", { ...asked, ...page })
    return { items, next }
  })
}

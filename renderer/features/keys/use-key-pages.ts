import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask, type RequestFor } from "../../api/ask.ts"

export type KeyQuery = Omit<RequestFor<"key.list">, "limit" | "cursor">

export interface KeyPages {
  readonly keys: readonly KeyObject[]
  readonly hasMore: boolean
  readonly isPending: boolean
  readonly failure: Error | null
  readonly loadMore: () => void
}

/** A window full is there at once; what is scrolled to comes in larger pieces. */
const firstPage = 60
const furtherPage = 200

/** The list arrives by page; what is shown stays until the next answer is there. */
export function useKeyPages(asked: KeyQuery): KeyPages {
  const query = useInfiniteQuery({
    queryKey: ["key.list", asked],
    queryFn: ({ pageParam }) =>
      ask("key.list", {
        ...asked,
        ...(pageParam === "" ? { limit: firstPage } : { limit: furtherPage, cursor: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
  const { data } = query
  const keys = useMemo(() => data?.pages.flatMap((page) => page.keys) ?? [], [data])
  return {
    keys,
    hasMore: query.hasNextPage,
    isPending: query.isPending,
    failure: query.error,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
    },
  }
}

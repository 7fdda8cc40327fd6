import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask, type RequestFor } from "../../api/ask.ts"

export type KeyFilter = Pick<RequestFor<"key.list">, "query" | "state" | "due">

export interface KeyPages {
  readonly keys: readonly KeyObject[]
  readonly hasMore: boolean
  readonly isPending: boolean
  readonly failure: Error | null
  readonly loadMore: () => void
}

const pageSize = 200

/** The list arrives by page; what is shown stays until the next answer is there. */
export function useKeyPages(filter: KeyFilter): KeyPages {
  const query = useInfiniteQuery({
    queryKey: ["key.list", filter],
    queryFn: ({ pageParam }) =>
      ask("key.list", { ...filter, limit: pageSize, ...(pageParam === "" ? {} : { cursor: pageParam }) }),
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

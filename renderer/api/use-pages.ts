import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import { useMemo } from "react"

export interface Pages<Item> {
  readonly items: readonly Item[]
  readonly hasMore: boolean
  /** Nothing has come yet. */
  readonly isPending: boolean
  /** What is shown answers what was asked before. */
  readonly isOld: boolean
  readonly failure: Error | null
  readonly loadMore: () => void
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string
}

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string | undefined
}

/** A window full is there at once; what is scrolled to comes in larger pieces. */
const firstPage = 60
const furtherPage = 200

/** A list that arrives by page; what is shown stays until the next answer is there. */
export function usePages<Item>(
  key: readonly unknown[],
  askPage: (request: PageRequest) => Promise<Page<Item>>,
): Pages<Item> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      askPage(pageParam === "" ? { limit: firstPage } : { limit: furtherPage, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
  const { data } = query
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return {
    items,
    hasMore: query.hasNextPage,
    isPending: query.isPending,
    isOld: query.isPlaceholderData,
    failure: query.error,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
    },
  }
}

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { ask } from "../../api/ask.ts"
import { type AuditFilter, type AuditRow, requestFor } from "./audit-filter.ts"

export interface AuditPages {
  readonly rows: readonly AuditRow[]
  readonly hasMore: boolean
  readonly isPending: boolean
  readonly failure: Error | null
  readonly loadMore: () => void
}

const firstPage = 60
const furtherPage = 200

/** The log arrives by page, the newest rows first; what is shown stays until the next answer is there. */
export function useAuditPages(filter: AuditFilter): AuditPages {
  const query = useInfiniteQuery({
    queryKey: ["audit.list", filter],
    queryFn: ({ pageParam }) =>
      ask("audit.list", {
        ...requestFor(filter),
        ...(pageParam === "" ? { limit: firstPage } : { limit: furtherPage, cursor: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
  const { data } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data])
  return {
    rows,
    hasMore: query.hasNextPage,
    isPending: query.isPending || query.isPlaceholderData,
    failure: query.error,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
    },
  }
}

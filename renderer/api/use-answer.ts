import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { type AnswerTo, type AskedName, ask, type RequestFor } from "./ask.ts"

interface AnswerChoices {
  /** `always` where what was answered a moment ago may be wrong by now, by other hands. */
  readonly refetchOnMount?: "always"
  /** Milliseconds, where it changes as time goes by. */
  readonly refetchInterval?: number
  /** Whether what was answered to the request before stands until this one is answered. */
  readonly keepsPrevious?: boolean
}

/** What an operation answers, kept fresh by `useChanged`. */
export function useAnswer<Name extends AskedName>(
  name: Name,
  request: RequestFor<Name>,
  { keepsPrevious = false, ...choices }: AnswerChoices = {},
): UseQueryResult<AnswerTo<Name>, Error> {
  return useQuery<AnswerTo<Name>, Error>({
    queryKey: [name, request],
    queryFn: () => ask(name, request),
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
    ...choices,
  })
}

import { createContext, use } from "react"
import type { AnswerTo } from "../../api/ask.ts"

/** Rotations that could not be begun, and why. */
export type NotStarted = AnswerTo<"event.start">["notStarted"]

/** Shows an event, or all of them (`null`), wherever that is asked for. */
type ShowEvent = (id: string | null, notStarted?: NotStarted) => void

export const OpenEvent = createContext<ShowEvent>(() => undefined)

export function useOpenEvent(): ShowEvent {
  return use(OpenEvent)
}

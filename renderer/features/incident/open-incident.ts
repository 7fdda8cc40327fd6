import { createContext, use } from "react"

/** Shows an incident, or all of them (`null`), wherever that is asked for. */
export const OpenIncident = createContext<(id: string | null) => void>(() => undefined)

export function useOpenIncident(): (id: string | null) => void {
  return use(OpenIncident)
}

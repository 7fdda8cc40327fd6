import { useState } from "react"
import type { BegunAct, ScreenAct } from "../api/screen-acts.ts"
import { screenActs } from "../api/screen-acts.ts"
import type { ShownEvent } from "../features/event/events-screen.tsx"
import type { KeyFilter } from "../features/keys/key-filter.ts"
import type { ShownPlace } from "./places.ts"

/** Which place is shown, and what in it. @param onLeave - closes what lies over it */
export function usePlaces(onLeave: () => void) {
  const [place, setPlace] = useState<ShownPlace>("keys")
  const [keyName, setKeyName] = useState<string | null>(null)
  const [keyFilter, setKeyFilter] = useState<KeyFilter>({})
  const [begun, setBegun] = useState<BegunAct | null>(null)
  const [incident, setIncident] = useState<string | null>(null)
  const [event, setEvent] = useState<ShownEvent | null>(null)
  const go = (to: ShownPlace) => {
    setPlace(to)
    setBegun(null)
    setKeyFilter({})
    onLeave()
  }
  return {
    place,
    keyName,
    keyFilter,
    begun,
    incident,
    event,
    go,
    setKeyName,
    openKey: (name: string) => {
      setKeyName(name)
      go("keys")
    },
    showKeys: (filter: KeyFilter) => {
      setKeyName(null)
      go("keys")
      setKeyFilter(filter)
    },
    openIncident: (id: string | null) => {
      setIncident(id)
      go("incidents")
    },
    openEvent: (id: string | null, notStarted: ShownEvent["notStarted"] = []) => {
      setEvent(id === null ? null : { id, notStarted })
      go("events")
    },
    begin: (act: ScreenAct) => {
      go(screenActs[act].place)
      setBegun({ act })
    },
  }
}

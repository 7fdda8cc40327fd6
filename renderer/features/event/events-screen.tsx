import { Button, Group, Tabs, Title } from "@mantine/core"
import { useState } from "react"
import { useAnswer } from "../../api/use-answer.ts"
import { useOpenIncident } from "../incident/open-incident.ts"
import { EventList } from "./event-list.tsx"
import { EventView } from "./event-view.tsx"
import type { NotStarted } from "./open-event.ts"
import { RaiseEventDialog } from "./raise-event-dialog.tsx"
import { RotationList } from "./rotation-list.tsx"

/** One event, with what was told when its rotations were begun. */
export interface ShownEvent {
  readonly id: string
  readonly notStarted: NotStarted
}

interface EventsScreenProps {
  /** `null`: all of them. */
  readonly shown: ShownEvent | null
  readonly onOpenKey: (name: string) => void
}

/** What happened that keys must change for, and the rotations by steps that go on. */
export function EventsScreen({ shown, onOpenKey }: EventsScreenProps) {
  return shown === null ? (
    <AllEvents onOpenKey={onOpenKey} />
  ) : (
    <EventView key={shown.id} {...shown} onOpenKey={onOpenKey} />
  )
}

function AllEvents({ onOpenKey }: Pick<EventsScreenProps, "onOpenKey">) {
  const openIncident = useOpenIncident()
  const [isRaising, setRaising] = useState(false)
  const events = useAnswer("event.list", {})
  const open = events.data?.events.filter(({ closedAt }) => closedAt === null).length ?? 0
  const raise = () => setRaising(true)
  return (
    <section className="screen" aria-label="Events">
      <Group className="screen-head" justify="space-between" wrap="nowrap">
        <Title order={1} size="h3">
          Events
        </Title>
        <Group wrap="nowrap" gap="xs">
          <Button variant="default" onClick={() => openIncident(null)}>
            Incidents
          </Button>
          <Button onClick={raise}>Raise an event…</Button>
        </Group>
      </Group>
      <Tabs defaultValue="events" keepMounted={false} className="health-tabs">
        <Tabs.List>
          <Tabs.Tab value="events">
            Events
            {open > 0 && <span className="health-count"> {open}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="rotations">Rotations by steps</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="events">
          <EventList onRaise={raise} />
        </Tabs.Panel>
        <Tabs.Panel value="rotations">
          <RotationList onOpenKey={onOpenKey} />
        </Tabs.Panel>
      </Tabs>
      {isRaising && <RaiseEventDialog onClose={() => setRaising(false)} />}
    </section>
  )
}

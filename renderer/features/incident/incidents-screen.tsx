import { Badge, Button, Group, Table, Text, Title } from "@mantine/core"
import type { IncidentSummary } from "../../../preload/contract/incident.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { Scrolls } from "../../ui/scrolls.tsx"
import { asDate } from "../../ui/time.ts"
import { useOpenEvent } from "../event/open-event.ts"
import { IncidentView } from "./incident-view.tsx"
import { stepWords } from "./incident-words.ts"
import { useOpenIncident } from "./open-incident.ts"

interface IncidentsScreenProps {
  /** `null`: all of them. */
  readonly id: string | null
  readonly onOpenKey: (name: string) => void
}

/** What is, and was, being done about compromised keys. */
export function IncidentsScreen({ id, onOpenKey }: IncidentsScreenProps) {
  return id === null ? <IncidentList /> : <IncidentView key={id} id={id} onOpenKey={onOpenKey} />
}

function IncidentList() {
  const open = useOpenIncident()
  const openEvent = useOpenEvent()
  const { data, error } = useAnswer("incident.list", {})
  return (
    <section className="screen" aria-label="Incidents" aria-busy={data === undefined && error === null}>
      <Group className="screen-head" justify="space-between" wrap="nowrap">
        <Title order={1} size="h3">
          Incidents
        </Title>
        <Button variant="default" onClick={() => openEvent(null)}>
          Events
        </Button>
      </Group>
      <FailureNotice failure={error} />
      {data?.incidents.length === 0 && (
        <EmptyState icon={<Icon name="warning" size={34} />} title="No incident">
          When a key is, or may be, in other hands, open it and press "Compromised…": its use is stopped, all that it
          bears on is found, and what is to be done is tracked here. It can be rehearsed without touching the key.
        </EmptyState>
      )}
      {data !== undefined && data.incidents.length > 0 && (
        <Scrolls label="Incidents of this vault">
          <Table verticalSpacing="xs" stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Key</Table.Th>
                <Table.Th>Why</Table.Th>
                <Table.Th>Opened</Table.Th>
                <Table.Th>Now</Table.Th>
                <Table.Th>Next</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.incidents.map((each) => (
                <IncidentLine key={each.id} incident={each} onShow={() => open(each.id)} />
              ))}
            </Table.Tbody>
          </Table>
        </Scrolls>
      )}
    </section>
  )
}

function IncidentLine({ incident, onShow }: { readonly incident: IncidentSummary; readonly onShow: () => void }) {
  const { key, rehearsal, reason, openedAt, closedAt, open, overdue, next } = incident
  return (
    <Table.Tr>
      <Table.Td>
        <Button size="compact-sm" variant="subtle" className="breaks" onClick={onShow}>
          {inert(key.name)}
        </Button>
        {rehearsal && <RehearsalBadge />}
      </Table.Td>
      <Table.Td className="breaks">{inert(reason)}</Table.Td>
      <Table.Td>{asDate(openedAt)}</Table.Td>
      <Table.Td>
        {closedAt === null
          ? `${open} open${overdue > 0 ? `, ▲ ${overdue} overdue` : ""}`
          : `closed ${asDate(closedAt)}`}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{next === null || closedAt !== null ? "–" : stepWords[next]}</Text>
      </Table.Td>
    </Table.Tr>
  )
}

export function RehearsalBadge() {
  return (
    <Badge color="blue" variant="filled" ml={6} className="rehearsal">
      REHEARSAL
    </Badge>
  )
}

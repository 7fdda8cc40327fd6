import { Button, Progress, Table, Text } from "@mantine/core"
import type { AnswerTo } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { Scrolls } from "../../ui/scrolls.tsx"
import { asDate } from "../../ui/time.ts"
import { aboutWords, countWords, kindWords, shareOf } from "./event-words.ts"
import { useOpenEvent } from "./open-event.ts"

type EventSummary = AnswerTo<"event.list">["events"][number]

/** All events, the newest first, with how far each is. */
export function EventList({ onRaise }: { readonly onRaise: () => void }) {
  const open = useOpenEvent()
  const { data, error } = useAnswer("event.list", {})
  if (data?.events.length === 0) {
    return (
      <EmptyState
        icon={<Icon name="rotate" size={34} />}
        title="No event"
        action={
          <Button variant="light" onClick={onRaise}>
            Raise an event…
          </Button>
        }
      >
        Somebody leaves, a system ends, rules change, something is suspected: then keys have to change that no calendar
        names. Raise it here: the keys that it touches are found, their rotation by steps begins, and all of it is
        followed as one thing.
      </EmptyState>
    )
  }
  return (
    <div className="health-part" aria-busy={data === undefined && error === null}>
      <FailureNotice failure={error} />
      <Scrolls label="Events of this vault">
        <Table verticalSpacing="xs" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Event</Table.Th>
              <Table.Th>Why</Table.Th>
              <Table.Th>Raised</Table.Th>
              <Table.Th>Keys</Table.Th>
              <Table.Th>Now</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.events.map((each) => (
              <EventLine key={each.id} event={each} onShow={() => open(each.id)} />
            ))}
          </Table.Tbody>
        </Table>
      </Scrolls>
    </div>
  )
}

function EventLine({ event, onShow }: { readonly event: EventSummary; readonly onShow: () => void }) {
  const { kind, about, reason, at, counts, closedAt } = event
  return (
    <Table.Tr>
      <Table.Td>
        <Button size="compact-sm" variant="subtle" className="event-name" onClick={onShow}>
          {kindWords[kind].label}: {aboutWords(about)}
        </Button>
      </Table.Td>
      <Table.Td className="breaks">{inert(reason)}</Table.Td>
      <Table.Td className="keeps-line">{asDate(at)}</Table.Td>
      <Table.Td>
        <Text size="sm">{countWords(counts)}</Text>
        <Progress size="sm" mt={4} value={shareOf(counts) * 100} aria-label="Keys that are done" />
      </Table.Td>
      <Table.Td className="keeps-line">{closedAt === null ? "● open" : `closed ${asDate(closedAt)}`}</Table.Td>
    </Table.Tr>
  )
}

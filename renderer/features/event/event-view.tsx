import { Alert, Anchor, Button, Group, List, Progress, Stack, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { EventObject } from "../../../preload/contract/event.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { inWindow } from "../../api/words-of-window.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { useLongWork } from "../../ui/long-work.ts"
import { asDateAndTime } from "../../ui/time.ts"
import { Working } from "../../ui/working.tsx"
import { count } from "../key-actions/counted.ts"
import { CloseEventDialog } from "./close-event-dialog.tsx"
import { EventKeys } from "./event-keys.tsx"
import { aboutWords, countWords, kindWords, shareOf } from "./event-words.ts"
import { NextStepsDialog } from "./next-steps-dialog.tsx"
import { type NotStarted, useOpenEvent } from "./open-event.ts"

interface EventViewProps {
  readonly id: string
  /** When its rotations were begun elsewhere. */
  readonly notStarted: NotStarted
  readonly onOpenKey: (name: string) => void
}

/** One event: how far it is, each key that it touches, and what is left to do. */
export function EventView({ id, notStarted, onOpenKey }: EventViewProps) {
  const open = useOpenEvent()
  const { data, error } = useAnswer("event.show", { id })
  return (
    <section className="screen" aria-label="Event" aria-busy={data === undefined && error === null}>
      <Group className="screen-head" justify="space-between" wrap="nowrap">
        <div>
          <Anchor component="button" type="button" size="sm" onClick={() => open(null)}>
            All events
          </Anchor>
          <Title order={1} size="h3" className="breaks">
            {data === undefined ? "Event" : `${kindWords[data.kind].label}: ${aboutWords(data.about)}`}
          </Title>
          {data !== undefined && (
            <Text size="sm" c="dimmed" className="breaks">
              {inert(data.reason)}, raised {asDateAndTime(data.at)}
            </Text>
          )}
        </div>
      </Group>
      <FailureNotice failure={error} />
      {data !== undefined && <EventBody event={data} firstNotStarted={notStarted} onOpenKey={onOpenKey} />}
    </section>
  )
}

interface EventBodyProps {
  readonly event: EventObject
  readonly firstNotStarted: NotStarted
  readonly onOpenKey: (name: string) => void
}

function EventBody({ event, firstNotStarted, onOpenKey }: EventBodyProps) {
  const { id, closedAt, counts, keys } = event
  const task = useTask()
  // Whoever looked elsewhere meanwhile finds it here again.
  const longWork = useLongWork("event.start")
  const [notStarted, setNotStarted] = useState(firstNotStarted)
  const [isClosing, setClosing] = useState(false)
  const [isAdvancing, setAdvancing] = useState(false)
  const rotating = keys.filter(({ status }) => status === "rotating").map(({ name }) => name)
  const isBusy = task.isRunning || longWork !== null
  const begin = () => task.run(async () => setNotStarted((await ask("event.start", { id })).notStarted))
  return (
    <Stack gap="sm" className="event">
      <Group justify="space-between">
        <div className="grows">
          <Text size="sm" fw={600} role="status">
            {count(keys.length, "key")}: {countWords(counts)}
            {closedAt !== null && `. Closed ${asDateAndTime(closedAt)}.`}
          </Text>
          <Progress mt={6} value={shareOf(counts) * 100} aria-label="Keys that are done" />
        </div>
        {closedAt === null && (
          <Group gap="xs">
            {isBusy && <Working says="Beginning" long="event.start" />}
            {counts.toRotate > 0 && (
              <Button disabled={isBusy} onClick={() => void begin()}>
                Begin {count(counts.toRotate, "rotation")}
              </Button>
            )}
            {counts.rotating > 0 && (
              <Button disabled={isBusy} onClick={() => setAdvancing(true)}>
                Next steps…
              </Button>
            )}
            <Button variant="default" disabled={isBusy} onClick={() => setClosing(true)}>
              Close the event…
            </Button>
          </Group>
        )}
      </Group>
      <FailureNotice failure={task.failure} />
      <NotStartedNotice items={notStarted} />
      <EventKeys keys={keys} onOpenKey={onOpenKey} />
      {isAdvancing && <NextStepsDialog names={rotating} onClose={() => setAdvancing(false)} />}
      {isClosing && <CloseEventDialog event={event} onClose={() => setClosing(false)} />}
    </Stack>
  )
}

/** So many are listed; each says it again when it is rotated by itself. */
const most = 20

function NotStartedNotice({ items }: { readonly items: NotStarted }) {
  if (items.length === 0) return null
  return (
    <Alert
      color="yellow"
      variant="light"
      role="status"
      title={`${count(items.length, "rotation")} could not be begun from here`}
    >
      <List size="sm">
        {items.slice(0, most).map(({ key, why }) => (
          <List.Item key={key} className="breaks">
            <b>{inert(key)}</b>: {inert(inWindow(why))}
          </List.Item>
        ))}
      </List>
      {items.length > most && <Text size="xs">and {items.length - most} more</Text>}
    </Alert>
  )
}

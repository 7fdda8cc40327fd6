import { Alert, List, Text } from "@mantine/core"
import { useState } from "react"
import type { EventObject } from "../../../preload/contract/event.ts"
import { ask, type RequestFor } from "../../api/ask.ts"
import { OperationFailed } from "../../api/operation-failed.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { Scrolls } from "../../ui/scrolls.tsx"
import { capital, count } from "../key-actions/counted.ts"
import { type EventDraft, emptyDraft, requestOf } from "./event-draft.ts"
import { EventFields } from "./event-fields.tsx"
import { statusWords } from "./event-words.ts"
import { type NotStarted, useOpenEvent } from "./open-event.ts"

interface RaiseEventDialogProps {
  /** What is known already where it is asked for. */
  readonly first?: Partial<EventDraft>
  readonly onClose: () => void
}

/** Shows which keys an event touches; then notes it and begins their rotations. */
export function RaiseEventDialog({ first, onClose }: RaiseEventDialogProps) {
  const open = useOpenEvent()
  const task = useTask()
  const [draft, setDraft] = useState<EventDraft>({ ...emptyDraft, ...first })
  const [touched, setTouched] = useState<EventObject["keys"] | null>(null)
  const request = requestOf(draft)
  const change = (changed: Partial<EventDraft>) => {
    setDraft({ ...draft, ...changed })
    // The keys that show are those of what is typed; the reason changes none.
    if (Object.keys(changed).some((part) => part !== "reason")) setTouched(null)
    task.forget()
  }
  const act = () =>
    task.run(async () => {
      if (request === null) return
      if (touched === null) return setTouched((await ask("event.raise", { ...request, dryRun: true })).event.keys)
      const { id, notStarted } = await raise(request)
      onClose()
      open(id, notStarted)
    })
  return (
    <ActionDialog
      title="Raise an event"
      action={touched === null ? "Show its keys" : `Raise it, and begin ${count(beginning(touched), "rotation")}`}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={request !== null}
      long="event.start"
      onAct={() => void act()}
      onClose={onClose}
    >
      <EventFields draft={draft} onChange={change} />
      {touched !== null && <Touched keys={touched} />}
    </ActionDialog>
  )
}

/** Cancelled, it is noted all the same: its further rotations can be begun later. */
async function raise(request: RequestFor<"event.raise">): Promise<{ id: string; notStarted: NotStarted }> {
  const before = await ask("event.list", {})
  try {
    const { event, notStarted } = await ask("event.raise", request)
    return { id: event.id, notStarted }
  } catch (error) {
    if (!(error instanceof OperationFailed && error.isCancelled)) throw error
    const { events } = await ask("event.list", {})
    const raised = events.find(({ id }) => before.events.every((each) => each.id !== id))
    if (raised === undefined) throw error
    return { id: raised.id, notStarted: [] }
  }
}

function beginning(keys: EventObject["keys"]): number {
  return keys.filter(({ status }) => status === "to-rotate").length
}

/** More would only be scrolled past. */
const most = 200

function Touched({ keys }: { readonly keys: EventObject["keys"] }) {
  return (
    <Alert variant="light" role="status" title={`It touches ${count(keys.length, "key")}`}>
      <Text size="sm">
        {capital(count(beginning(keys), "rotation"))} by steps will begin: each key gets a new version that does no work
        before you switch to it.
      </Text>
      <Scrolls label="Keys that it touches" className="touched">
        <List size="sm" mt={6}>
          {keys.slice(0, most).map(({ name, status }) => (
            <List.Item key={name} className="breaks">
              {inert(name)}
              {status === "to-rotate" ? "" : `, ${statusWords[status].says} already`}
            </List.Item>
          ))}
        </List>
        {keys.length > most && <Text size="xs">and {keys.length - most} more</Text>}
      </Scrolls>
    </Alert>
  )
}

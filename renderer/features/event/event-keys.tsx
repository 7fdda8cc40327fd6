import { Button, Text } from "@mantine/core"
import { useState } from "react"
import type { EventObject } from "../../../preload/contract/event.ts"
import { inert } from "../../ui/inert.ts"
import { type KeyAct, KeyActDialog } from "../health/key-act-dialog.tsx"
import { LongList } from "../health/long-list.tsx"
import { Standing } from "../health/standing.tsx"
import { goingWords } from "../rotation/rotation-words.ts"
import { useRotation } from "../rotation/use-rotation.ts"
import { statusWords } from "./event-words.ts"

type EventKey = EventObject["keys"][number]

interface EventKeysProps {
  readonly keys: readonly EventKey[]
  readonly onOpenKey: (name: string) => void
}

/** What has become of each key since. */
export function EventKeys({ keys, onOpenKey }: EventKeysProps) {
  const [act, setAct] = useState<KeyAct | null>(null)
  return (
    <div className="event-keys">
      <LongList label="Keys of the event" items={keys} rowHeight={58} keyOf={({ name }) => name}>
        {(each) => (
          <EventKeyLine
            value={each}
            onOpenKey={onOpenKey}
            onRotate={() => setAct({ name: each.name, act: "rotate" })}
          />
        )}
      </LongList>
      {act !== null && <KeyActDialog {...act} onBegin={setAct} onOpenKey={onOpenKey} onClose={() => setAct(null)} />}
    </div>
  )
}

interface EventKeyLineProps extends Pick<EventKeysProps, "onOpenKey"> {
  readonly value: EventKey
  readonly onRotate: () => void
}

function EventKeyLine({ value: { name, status }, onOpenKey, onRotate }: EventKeyLineProps) {
  const label = status === "rotating" ? "Rotation…" : "Rotate…"
  return (
    <div className="health-line">
      <Standing {...statusWords[status]} />
      <div className="grows">
        <button type="button" className="health-name" onClick={() => onOpenKey(name)}>
          {inert(name)}
        </button>
        {status === "rotating" && <Going name={name} />}
      </div>
      {(status === "rotating" || status === "to-rotate") && (
        <Button size="compact-sm" variant="default" aria-label={`${label} ${inert(name)}`} onClick={onRotate}>
          {label}
        </Button>
      )}
    </div>
  )
}

/** Asked for the lines in view only. */
function Going({ name }: { readonly name: string }) {
  const { rotation } = useRotation(name)
  return (
    <Text size="xs" c="dimmed" className="breaks">
      {rotation === null ? "" : inert(goingWords(rotation))}
    </Text>
  )
}

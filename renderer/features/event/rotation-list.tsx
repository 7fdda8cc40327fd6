import { Button, Text } from "@mantine/core"
import { useState } from "react"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { asDate } from "../../ui/time.ts"
import { LongList } from "../health/long-list.tsx"
import { Standing } from "../health/standing.tsx"
import { RotationDialog } from "../rotation/rotation-dialog.tsx"
import { goingWords } from "../rotation/rotation-words.ts"

/** Every rotation by steps that goes on, and what each is at. */
export function RotationList({ onOpenKey }: { readonly onOpenKey: (name: string) => void }) {
  const { data, error } = useAnswer("rotation.list", {})
  const [shown, setShown] = useState<string | null>(null)
  const rotation = data?.rotations.find(({ keyId }) => keyId === shown)
  if (data?.rotations.length === 0) {
    return (
      <EmptyState icon={<Icon name="rotate" size={34} />} title="No rotation by steps goes on">
        Open a key, press "Rotate…" and choose "By steps": the new version is made, both are tried, the new one takes
        over, and the old one is retired when nothing needs it. Until then it can be undone.
      </EmptyState>
    )
  }
  return (
    <div className="health-part" aria-busy={data === undefined && error === null}>
      <FailureNotice failure={error} />
      <LongList
        label="Rotations that go on"
        items={data?.rotations ?? []}
        rowHeight={58}
        keyOf={({ keyId }: RotationObject) => keyId}
      >
        {(each) => <RotationLine rotation={each} onOpenKey={onOpenKey} onShow={() => setShown(each.keyId)} />}
      </LongList>
      {rotation !== undefined && <RotationDialog rotation={rotation} onClose={() => setShown(null)} />}
    </div>
  )
}

interface RotationLineProps {
  readonly rotation: RotationObject
  readonly onOpenKey: (name: string) => void
  readonly onShow: () => void
}

function RotationLine({ rotation, onOpenKey, onShow }: RotationLineProps) {
  const name = inert(rotation.name)
  return (
    <div className="health-line">
      <Standing {...standingOf(rotation)} />
      <div className="grows">
        <button type="button" className="health-name" onClick={() => onOpenKey(rotation.name)}>
          {name}
        </button>
        <Text size="xs" c="dimmed" className="breaks">
          since {asDate(rotation.startedAt)}; {inert(goingWords(rotation))}
        </Text>
      </div>
      <Button size="compact-sm" variant="default" aria-label={`Rotation… ${name}`} onClick={onShow}>
        Rotation…
      </Button>
    </div>
  )
}

function standingOf({ isPaused, waitsFor }: RotationObject) {
  if (isPaused) return { says: "paused", shape: "◫", className: "is-quiet" }
  return waitsFor.length > 0
    ? { says: "waits", shape: "◐", className: "is-quiet" }
    : { says: "can go on", shape: "▲", className: "is-due" }
}

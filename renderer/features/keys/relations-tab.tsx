import { ActionIcon, Anchor, Button, Group, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { RelateDialog } from "../key-actions/relate-dialog.tsx"
import { RelationGraph } from "./relation-graph.tsx"

type Relation = NonNullable<KeyObject["relations"]>[number]

const sentences = {
  protects: { to: "protects", from: "is protected by" },
  wraps: { to: "wraps", from: "is wrapped by" },
  "depends-on": { to: "depends on", from: "is depended on by" },
} as const

interface RelationsTabProps {
  readonly value: KeyObject
  readonly onOpenKey: (name: string) => void
}

/** What depends on what, in both directions. */
export function RelationsTab({ value, onOpenKey }: RelationsTabProps) {
  const relations = value.relations ?? []
  const task = useTask()
  const [isRelating, setRelating] = useState(false)
  const end = ({ kind, direction, key }: Relation) => {
    const [name, other] = direction === "to" ? [value.name, key] : [key, value.name]
    void task.run(() => ask("key.relate", { name, kind, other, remove: true }))
  }
  return (
    <Stack gap="md">
      {relations.length === 0 ? (
        <Text size="sm" c="dimmed">
          No other key is known to depend on this one, nor this one on another.
        </Text>
      ) : (
        <RelationGraph name={value.name} relations={relations} />
      )}
      {relations.length > 0 && (
        <Stack gap={2} component="ul" className="plain-list" aria-label="Relations">
          {relations.map((relation) => (
            <RelationLine
              key={`${relation.kind} ${relation.direction} ${relation.key}`}
              relation={relation}
              onOpen={() => onOpenKey(relation.key)}
              onEnd={() => end(relation)}
            />
          ))}
        </Stack>
      )}
      <FailureNotice failure={task.failure} />
      {value.state !== "destroyed" && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setRelating(true)}>
            Relate…
          </Button>
        </Group>
      )}
      {isRelating && <RelateDialog value={value} onClose={() => setRelating(false)} />}
    </Stack>
  )
}

interface RelationLineProps {
  readonly relation: Relation
  readonly onOpen: () => void
  readonly onEnd: () => void
}

function RelationLine({ relation: { kind, direction, key }, onOpen, onEnd }: RelationLineProps) {
  const says = sentences[kind][direction]
  return (
    <Group component="li" gap={6} wrap="nowrap" justify="space-between">
      <Text size="sm" className="breaks">
        <Text span c="dimmed">
          {says}
        </Text>{" "}
        <Anchor component="button" type="button" size="sm" fw={600} onClick={onOpen}>
          {inert(key)}
        </Anchor>
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`No longer: ${says} ${inert(key)}`}
        title="It is no longer so; the log notes it"
        onClick={onEnd}
      >
        <Icon name="close" size={12} />
      </ActionIcon>
    </Group>
  )
}

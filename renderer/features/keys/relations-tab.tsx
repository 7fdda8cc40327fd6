import { Anchor, Stack, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { inert } from "../../ui/inert.ts"
import { RelationGraph } from "./relation-graph.tsx"

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
  if (relations.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No other key is known to depend on this one, nor this one on another.
      </Text>
    )
  }
  return (
    <Stack gap="md">
      <RelationGraph name={value.name} relations={relations} />
      <Stack gap="xs" component="ul" className="plain-list" aria-label="Relations">
        {relations.map(({ kind, direction, key }) => (
          <li key={`${kind} ${direction} ${key}`}>
            <Text size="sm">
              <Text span c="dimmed">
                {sentences[kind][direction]}
              </Text>{" "}
              <Anchor component="button" type="button" size="sm" fw={600} onClick={() => onOpenKey(key)}>
                {inert(key)}
              </Anchor>
            </Text>
          </li>
        ))}
      </Stack>
    </Stack>
  )
}

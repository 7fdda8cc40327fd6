import { Alert, Button, Group, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { stepWords } from "./incident-words.ts"
import { useOpenIncident } from "./open-incident.ts"

/** What goes on about a key, with the way there. */
export function IncidentNotice({ value }: { readonly value: KeyObject }) {
  const { data } = useAnswer("incident.list", {})
  const open = useOpenIncident()
  const own = data?.incidents.filter(({ key }) => key.id === value.id) ?? []
  const found = own.find(({ closedAt, rehearsal }) => closedAt === null && !rehearsal) ?? own[0]
  if (found === undefined) return null
  const { id, rehearsal, closedAt, next } = found
  return (
    <Alert color={closedAt === null ? "red" : "gray"} variant="light" p="xs">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm">
          {rehearsal ? "REHEARSAL of a compromise" : "Compromised"}
          {closedAt === null
            ? next === null
              ? ": to be closed."
              : `: next, ${stepWords[next].toLowerCase()}.`
            : ": the incident is closed."}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => open(id)}>
          Incident
        </Button>
      </Group>
    </Alert>
  )
}

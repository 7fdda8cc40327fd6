import { Button, Group, Text, Title } from "@mantine/core"
import { useState } from "react"
import { screenActs } from "../../api/screen-acts.ts"
import type { Task } from "../../api/use-task.ts"
import { nameOf } from "../../ui/path-parts.ts"
import { useOpenEvent } from "../event/open-event.ts"
import { useOpenIncident } from "../incident/open-incident.ts"
import { ExportMenu } from "./export-menu.tsx"

interface HealthHeadProps {
  readonly task: Task
  readonly isExporting: boolean
  readonly onExporting: (isExporting: boolean) => void
  readonly onDestructions: () => void
}

/** The title, what was written last, and the ways to what has a place of its own. */
export function HealthHead({ task, isExporting, onExporting, onDestructions }: HealthHeadProps) {
  const openIncident = useOpenIncident()
  const openEvent = useOpenEvent()
  const [exported, setExported] = useState<string | null>(null)
  return (
    <Group justify="space-between" wrap="nowrap" className="screen-head">
      <div>
        <Title order={1} size="h3">
          Health
        </Title>
        <Text size="xs" c="dimmed" role="status">
          {exported !== null && `exported to ${nameOf(exported)}`}
        </Text>
      </div>
      <Group wrap="nowrap" gap="xs">
        <Button variant="default" onClick={() => openIncident(null)}>
          Incidents
        </Button>
        <Button variant="default" onClick={() => openEvent(null)}>
          Events
        </Button>
        <Button variant="default" onClick={onDestructions}>
          {screenActs.destructions.label}
        </Button>
        <ExportMenu task={task} isOpen={isExporting} onOpen={onExporting} onExported={setExported} />
      </Group>
    </Group>
  )
}

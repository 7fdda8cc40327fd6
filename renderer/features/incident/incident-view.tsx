import { Alert, Anchor, Button, Group, Stack, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { IncidentAction, IncidentObject } from "../../../preload/contract/incident.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { Card } from "../../ui/card.tsx"
import { Facts } from "../../ui/facts.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { asDateAndTime } from "../../ui/time.ts"
import { RaiseEventDialog } from "../event/raise-event-dialog.tsx"
import { BlastRadius } from "./blast-radius.tsx"
import { CloseIncidentDialog } from "./close-incident-dialog.tsx"
import { useOpenIncident } from "./open-incident.ts"
import { StepDialog } from "./step-dialog.tsx"
import { StepList } from "./step-list.tsx"

interface IncidentViewProps {
  readonly id: string
  readonly onOpenKey: (name: string) => void
}

/** One incident: what to do next, what it bears on, and its report. */
export function IncidentView({ id, onOpenKey }: IncidentViewProps) {
  const open = useOpenIncident()
  const { data, error } = useAnswer("incident.show", { incident: id })
  return (
    <section className="screen" aria-label="Incident" aria-busy={data === undefined && error === null}>
      <Group className="screen-head" justify="space-between" wrap="nowrap">
        <div>
          <Anchor component="button" type="button" size="sm" onClick={() => open(null)}>
            All incidents
          </Anchor>
          <Title order={1} size="h3" className="breaks">
            {data === undefined
              ? "Incident"
              : `${data.rehearsal ? "REHEARSAL: compromise" : "Compromise"} of ${inert(data.key.name)}`}
          </Title>
        </div>
        {data !== undefined && <ReportButtons incident={data} />}
      </Group>
      <FailureNotice failure={error} />
      {data !== undefined && <IncidentBody incident={data} onOpenKey={onOpenKey} />}
    </section>
  )
}

interface IncidentBodyProps {
  readonly incident: IncidentObject
  readonly onOpenKey: (name: string) => void
}

function IncidentBody({ incident, onOpenKey }: IncidentBodyProps) {
  const { key, rehearsal, reason, since, versions, openedAt, closedAt, rootCause, blastRadius } = incident
  const [changing, setChanging] = useState<IncidentAction | null>(null)
  const [isClosing, setClosing] = useState(false)
  const mayClose = incident.actions.every(({ step, state }) => step === "review" || state !== "open")
  return (
    <Stack gap="md" className="incident">
      {rehearsal && (
        <Alert color="blue" variant="light" title="REHEARSAL">
          <Text size="sm">Nothing is done to the key. Its steps are tracked as if it were so.</Text>
        </Alert>
      )}
      <Card title="Steps">
        <StepList incident={incident} onChange={setChanging} />
        {closedAt === null && (
          <Group justify="flex-end">
            {!mayClose && (
              <Text size="sm" c="dimmed">
                It is closed when every other step is done.
              </Text>
            )}
            <Button disabled={!mayClose} onClick={() => setClosing(true)}>
              Close the incident…
            </Button>
          </Group>
        )}
      </Card>
      <Card title="Blast radius">
        <BlastRadius items={blastRadius} />
        {closedAt === null && !rehearsal && <SuspectExposed incident={incident} />}
      </Card>
      <Card title="What it is about">
        <Facts
          facts={[
            [
              "Key",
              <Anchor key="key" component="button" type="button" size="sm" onClick={() => onOpenKey(key.name)}>
                {inert(key.name)}
              </Anchor>,
            ],
            ["Versions", versions.join(", ")],
            ["Why", inert(reason)],
            ["In other hands since", since === null ? "not known" : asDateAndTime(since)],
            ["Opened", asDateAndTime(openedAt)],
            ["Closed", closedAt === null ? "still open" : asDateAndTime(closedAt)],
            ["Root cause", rootCause === null ? "not known yet" : inert(rootCause)],
          ]}
        />
      </Card>
      {changing !== null && <StepDialog incident={incident} action={changing} onClose={() => setChanging(null)} />}
      {isClosing && <CloseIncidentDialog incident={incident} onClose={() => setClosing(false)} />}
    </Stack>
  )
}

/** Keys that a compromised key protected are not compromised by it, but are to change. */
function SuspectExposed({ incident: { key, blastRadius } }: { readonly incident: IncidentObject }) {
  const [isRaising, setRaising] = useState(false)
  const exposed = blastRadius.filter(({ kind, effect }) => kind === "key" && effect === "exposed")
  const keys = [...new Set(exposed.map(({ name }) => name))]
  if (keys.length === 0) return null
  const first = { kind: "suspicion", keys, reason: `${key.name} was compromised` } as const
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={() => setRaising(true)}>
        Rotate what is exposed…
      </Button>
      {isRaising && <RaiseEventDialog first={first} onClose={() => setRaising(false)} />}
    </Group>
  )
}

function ReportButtons({ incident: { id, key } }: { readonly incident: IncidentObject }) {
  const task = useTask()
  const [path, setPath] = useState<string | null>(null)
  const write = (format: "md" | "pdf") =>
    task.run(async () => setPath((await ask("window.incident-report", { incident: id, key: key.name, format })).path))
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs" wrap="nowrap">
        {(["pdf", "md"] as const).map((format) => (
          <Button
            key={format}
            variant="default"
            leftSection={<Icon name="export" size={16} />}
            disabled={task.isRunning}
            onClick={() => void write(format)}
          >
            {format === "pdf" ? "Report as PDF…" : "Report as Markdown…"}
          </Button>
        ))}
      </Group>
      {path !== null && (
        <Text size="sm" role="status" className="breaks">
          ✓ Written to {path}
        </Text>
      )}
      <FailureNotice failure={task.failure} />
    </Stack>
  )
}

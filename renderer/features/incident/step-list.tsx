import { Badge, Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import type { IncidentAction, IncidentObject } from "../../../preload/contract/incident.ts"
import { inert } from "../../ui/inert.ts"
import { asDate, asDateAndTime } from "../../ui/time.ts"
import { standingOf, stepWords } from "./incident-words.ts"
import { NextStepDialog } from "./next-step-dialog.tsx"

interface StepListProps {
  readonly incident: IncidentObject
  readonly onChange: (action: IncidentAction) => void
}

/** Steps that this window does itself, by the word on their button. */
const acts: Partial<Readonly<Record<IncidentAction["step"], string>>> = {
  replace: "Rotate…",
  revoke: "Make a revocation…",
  destroy: "Destroy old versions…",
}

/** The steps of the answer, each with whose it is, until when, and how it stands. */
export function StepList({ incident, onChange }: StepListProps) {
  const [doing, setDoing] = useState<IncidentAction["step"] | null>(null)
  const isOpen = incident.closedAt === null
  const next = isOpen ? incident.actions.find(({ state }) => state === "open")?.step : undefined
  return (
    <ol className="steps" aria-label="Steps of the answer">
      {incident.actions.map((action) => (
        <li
          key={action.step}
          className="step"
          aria-label={stepWords[action.step]}
          aria-current={action.step === next ? "step" : undefined}
        >
          <StepHead action={action} />
          <StepText action={action} />
          {isOpen && (
            <Group gap={6}>
              {!incident.rehearsal && action.state === "open" && acts[action.step] !== undefined && (
                <Button
                  size="compact-sm"
                  variant={action.step === next ? "filled" : "default"}
                  onClick={() => setDoing(action.step)}
                >
                  {acts[action.step]}
                </Button>
              )}
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${wordOf(action)} ${stepWords[action.step]}`}
                onClick={() => onChange(action)}
              >
                {wordOf(action)}
              </Button>
            </Group>
          )}
        </li>
      ))}
      {doing !== null && <NextStepDialog incident={incident} step={doing} onClose={() => setDoing(null)} />}
    </ol>
  )
}

function wordOf({ state }: IncidentAction): string {
  return state === "open" ? "Mark or assign…" : "Change…"
}

function StepHead({ action }: { readonly action: IncidentAction }) {
  const { step, owner, dueAt } = action
  const { says, shape, color } = standingOf(action)
  return (
    <Group gap="xs">
      <Text fw={600}>{stepWords[step]}</Text>
      <Badge variant="light" color={color} className="step-state" leftSection={<span aria-hidden>{shape}</span>}>
        {says}
      </Badge>
      <Text size="sm" c="dimmed" title={asDateAndTime(dueAt)}>
        {owner === null ? "nobody's" : inert(owner)}, by {asDate(dueAt)}
      </Text>
    </Group>
  )
}

function StepText({ action: { does, evidence, note } }: { readonly action: IncidentAction }) {
  return (
    <>
      <Text size="sm">{does}</Text>
      {evidence !== null && (
        <Text size="sm" className="breaks">
          ✓ {inert(evidence)}
        </Text>
      )}
      {note !== null && (
        <Text size="sm" c="dimmed" className="breaks">
          {inert(note)}
        </Text>
      )}
    </>
  )
}

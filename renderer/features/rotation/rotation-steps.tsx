import { Button, Group, Stack, Text } from "@mantine/core"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { actsOf, type RotationActName } from "./rotation-act.ts"
import { obstaclesOf, type ProcedureStep, stepsOf } from "./rotation-words.ts"
import { useStepLog } from "./use-step-log.ts"

interface RotationStepsProps {
  readonly rotation: RotationObject
  readonly onAct: (act: RotationActName) => void
}

/** The procedure of a rotation: what is done and by whom, where it is, what it waits for, and what can be done now. */
export function RotationSteps({ rotation, onAct }: RotationStepsProps) {
  const log = useStepLog(rotation)
  const steps = stepsOf(rotation)
  const now = steps.find(({ isDone }) => !isDone)
  const obstacles = obstaclesOf(rotation)
  return (
    <Stack gap="xs">
      <ol className="rotation-steps" aria-label="Steps of the rotation">
        {steps.map((step) => (
          <StepLine
            key={step.name}
            step={step}
            isNow={step === now}
            who={step.doneAs === null ? undefined : log.get(step.doneAs)}
          />
        ))}
      </ol>
      {obstacles.length > 0 && (
        <Text size="sm" className="breaks" role="status">
          <span className="is-due">Waits:</span> {obstacles.map(inert).join("; ")}.
        </Text>
      )}
      <Group gap={6}>
        {actsOf(rotation).map(({ name, label, isWaiting }) => (
          <Button
            key={name}
            size="xs"
            variant={name === "advance" || name === "rewrap" ? "filled" : "default"}
            disabled={isWaiting}
            onClick={() => onAct(name)}
          >
            {`${label}…`}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

interface StepLineProps {
  readonly step: ProcedureStep
  readonly isNow: boolean
  readonly who: string | undefined
}

function StepLine({ step: { name, says, isDone }, isNow, who }: StepLineProps) {
  return (
    <li className="rotation-step" aria-label={name} aria-current={isNow ? "step" : undefined}>
      <span aria-hidden className="rotation-shape">
        {isDone ? <Icon name="check" size={14} /> : isNow ? "●" : "○"}
      </span>
      <div className="grows">
        <Text size="sm" className="breaks">
          <b>{name}</b>
          <span className="is-quiet">{isDone ? ", done" : isNow ? ", now" : ""}</span>
        </Text>
        <Text size="xs" c="dimmed" className="breaks">
          {inert(says)}
        </Text>
        {isDone && who !== undefined && (
          <Text size="xs" c="dimmed" className="breaks">
            {inert(who)}
          </Text>
        )}
      </div>
    </li>
  )
}

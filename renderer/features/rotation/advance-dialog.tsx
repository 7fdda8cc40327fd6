import { Alert, List, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { count, lengthWords } from "../key-actions/counted.ts"
import { nextWords } from "./rotation-words.ts"

interface AdvanceDialogProps {
  readonly rotation: RotationObject
  readonly onClose: () => void
  /** The rotation is at its end. */
  readonly onOver: () => void
}

/** The next step of a rotation. The last one is the only one that can't be undone, and wants the key's name typed. */
export function AdvanceDialog({ rotation, onClose, onOver }: AdvanceDialogProps) {
  const { name, next } = rotation
  const task = useTask()
  const [typed, setTyped] = useState("")
  const isLast = next === "retire"
  const advance = async () => {
    const isDone = await task.run(() => ask("rotation.advance", { name, confirmed: isLast }))
    if (isDone && isLast) onOver()
    else if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`${nextWords(rotation)}: ${inert(name)}`}
      action={nextWords(rotation)}
      isDangerous={isLast}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={!isLast || typed === name}
      onAct={() => void advance()}
      onClose={onClose}
    >
      {isLast ? <Losses rotation={rotation} /> : <Effects rotation={rotation} />}
      {isLast && (
        <TextInput
          label={`Type the key's name: ${inert(name)}`}
          required
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </ActionDialog>
  )
}

function Effects({ rotation: { next, fromVersion, toVersion, grace } }: Pick<AdvanceDialogProps, "rotation">) {
  if (next === "test") {
    return (
      <List size="sm" type="ordered" spacing={4}>
        <List.Item>
          Version {fromVersion}, and then version {toVersion}, does its job on a test text: what it protects it has to
          open or verify.
        </List.Item>
        <List.Item>The log keeps both trials. Version {fromVersion} goes on working.</List.Item>
      </List>
    )
  }
  return (
    <List size="sm" type="ordered" spacing={4}>
      <List.Item>Version {toVersion} does the work from now on.</List.Item>
      <List.Item>
        Version {fromVersion} still opens and verifies what it made, for {lengthWords(grace)} at least.
      </List.Item>
      <List.Item>It can be rolled back until version {fromVersion} is retired.</List.Item>
    </List>
  )
}

function Losses({ rotation: { name, fromVersion, toVersion, bearsOn } }: Pick<AdvanceDialogProps, "rotation">) {
  return (
    <Alert color="red" variant="light">
      <Text size="sm" className="breaks">
        Version {fromVersion} will open nothing more, and the rotation can't be rolled back: what only that version
        protected can't be read again. No registered data key needs it.
        {bearsOn.length > 0 &&
          ` ${inert(name)} wraps or protects ${count(bearsOn.length, "other key")} (${bearsOn.map(inert).join(", ")}): make sure that they have moved to version ${toVersion}.`}
      </Text>
    </Alert>
  )
}

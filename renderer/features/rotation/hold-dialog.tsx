import { Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"

type Holding = "pause-rotation" | "resume-rotation" | "roll-back"

interface HoldDialogProps {
  readonly rotation: RotationObject
  readonly act: Holding
  readonly onClose: () => void
  /** The rotation was undone. */
  readonly onOver: () => void
}

const labels: Readonly<Record<Holding, string>> = {
  "pause-rotation": "Pause rotation",
  "resume-rotation": "Resume rotation",
  "roll-back": "Roll back",
}

/** Lets a rotation rest, or go on, or undoes it. */
export function HoldDialog({ rotation, act, onClose, onOver }: HoldDialogProps) {
  const { name } = rotation
  const task = useTask()
  const [typed, setTyped] = useState("")
  const reason = typed.trim()
  const isUndone = act === "roll-back"
  const run = async () => {
    if (await task.run(() => hold(name, act, reason))) (isUndone ? onOver : onClose)()
  }
  return (
    <ActionDialog
      title={`${labels[act]}: ${inert(name)}`}
      action={labels[act]}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={!isUndone || reason !== ""}
      onAct={() => void run()}
      onClose={onClose}
    >
      <Text size="sm">{effectOf(rotation, act)}</Text>
      <TextInput
        label="Reason"
        required={isUndone}
        data-autofocus
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

function hold(name: string, act: Holding, reason: string): Promise<unknown> {
  if (act === "roll-back") return ask("rotation.rollback", { name, reason })
  const why = reason === "" ? {} : { reason }
  return ask(act === "pause-rotation" ? "rotation.pause" : "rotation.resume", { name, ...why })
}

function effectOf({ phase, fromVersion, toVersion }: RotationObject, act: Holding): string {
  if (act === "pause-rotation") return "No further step is done until it is resumed. Both versions stay as they are."
  if (act === "resume-rotation") return "It goes on where it was."
  return phase === "switched"
    ? `Version ${fromVersion} does the work again. Version ${toVersion} still opens and verifies what it made meanwhile.`
    : `Version ${fromVersion} goes on working. Version ${toVersion}, which has done no work yet, is destroyed.`
}

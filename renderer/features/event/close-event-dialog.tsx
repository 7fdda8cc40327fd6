import { Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { EventObject } from "../../../preload/contract/event.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { capital, count } from "../key-actions/counted.ts"

interface CloseEventDialogProps {
  readonly event: EventObject
  readonly onClose: () => void
}

/** Nothing more is to be done about it; says what is not done. */
export function CloseEventDialog({ event: { id, counts }, onClose }: CloseEventDialogProps) {
  const task = useTask()
  const [typed, setTyped] = useState("")
  const reason = typed.trim()
  const left = counts.toRotate + counts.rotating
  const close = async () => {
    if (await task.run(() => ask("event.close", { id, reason }))) onClose()
  }
  return (
    <ActionDialog
      title="Close the event"
      action="Close the event"
      isDangerous={left > 0}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={reason !== ""}
      onAct={() => void close()}
      onClose={onClose}
    >
      <Text size="sm">
        {left === 0
          ? "Every key has changed, or protects nothing new any more."
          : `${capital(count(left, "key"))} ${left === 1 ? "has" : "have"} not changed yet. Rotations that go on go on; what is left is not followed here any more.`}{" "}
        A closed event can't be opened again.
      </Text>
      <TextInput
        label="Reason"
        required
        data-autofocus
        maxLength={1000}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

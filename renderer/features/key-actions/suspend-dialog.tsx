import { Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

/** Both ways: a suspended key resumes, any other is suspended. */
export function SuspendDialog({ value, onClose }: { readonly value: KeyObject; readonly onClose: () => void }) {
  const task = useTask()
  const [reason, setReason] = useState("")
  const isSuspended = value.state === "suspended"
  const act = async () => {
    const request = { name: value.name, reason: reason.trim() }
    if (await task.run(() => ask(isSuspended ? "key.resume" : "key.suspend", request))) onClose()
  }
  return (
    <ActionDialog
      title={isSuspended ? `Resume ${value.name}` : `Suspend ${value.name}`}
      action={isSuspended ? "Resume" : "Suspend"}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={reason.trim() !== ""}
      onAct={() => void act()}
      onClose={onClose}
    >
      <Text size="sm">
        {isSuspended
          ? "The key works again as it did before."
          : "The key does nothing until it is resumed. Nothing is lost, and nothing else changes."}
      </Text>
      <TextInput
        label="Reason"
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

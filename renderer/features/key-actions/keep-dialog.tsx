import { Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { asDate } from "../../ui/time.ts"

/** Takes a destruction back that waits. */
export function KeepDialog({ value, onClose }: { readonly value: KeyObject; readonly onClose: () => void }) {
  const task = useTask()
  const [reason, setReason] = useState("")
  const act = async () => {
    if (await task.run(() => ask("key.cancel-destroy", { name: value.name, reason: reason.trim() }))) onClose()
  }
  return (
    <ActionDialog
      title={`Keep ${value.name}`}
      action="Keep it"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={reason.trim() !== ""}
      onAct={() => void act()}
      onClose={onClose}
    >
      <Text size="sm">
        {value.destroysAt !== undefined && `It would be destroyed on ${asDate(value.destroysAt)}. `}
        What was at work rests until you resume it.
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

import { List, Select, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { graces } from "./graces.ts"

interface RotateDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
}

export function RotateDialog({ value, onClose }: RotateDialogProps) {
  const task = useTask()
  const [reason, setReason] = useState("")
  const [grace, setGrace] = useState("")
  const { name, currentVersion } = value
  const isCompromised = value.state === "compromised"
  const rotate = async () => {
    const isDone = await task.run(() =>
      ask("key.rotate", {
        name,
        ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
        ...(grace === "" ? {} : { grace }),
      }),
    )
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Rotate ${name}`}
      action="Rotate"
      isRunning={task.isRunning}
      failure={task.failure}
      long="key.rotate"
      onAct={() => void rotate()}
      onClose={onClose}
    >
      <List size="sm" type="ordered" spacing={4}>
        <List.Item>Version {currentVersion + 1} is made, and does the work from now on.</List.Item>
        <List.Item>
          {isCompromised
            ? `Version ${currentVersion} stays compromised: what it made opens only with a reason.`
            : `Version ${currentVersion} still decrypts and verifies what it made; it makes nothing new.`}
        </List.Item>
        <List.Item>The next rotation is counted from today. The log keeps the reason.</List.Item>
      </List>
      {!isCompromised && (
        <Select
          label={`Version ${currentVersion} keeps decrypting`}
          data={graces}
          value={grace}
          onChange={(chosen) => setGrace(chosen ?? "")}
        />
      )}
      <TextInput
        label="Reason"
        placeholder="the calendar"
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

import { Text, Textarea } from "@mantine/core"
import { useState } from "react"
import type { IncidentObject } from "../../../preload/contract/incident.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

interface CloseIncidentDialogProps {
  readonly incident: IncidentObject
  readonly onClose: () => void
}

/** The review: an incident ends with what caused it. */
export function CloseIncidentDialog({ incident: { id, key, rehearsal }, onClose }: CloseIncidentDialogProps) {
  const task = useTask()
  const [rootCause, setRootCause] = useState("")
  const close = async () => {
    if (await task.run(() => ask("incident.close", { incident: id, rootCause: rootCause.trim() }))) onClose()
  }
  return (
    <ActionDialog
      title={`${rehearsal ? "REHEARSAL: close" : "Close"} the incident of ${key.name}`}
      action="Close the incident"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={rootCause.trim() !== ""}
      onAct={() => void close()}
      onClose={onClose}
    >
      <Text size="sm">It can't be opened again. Its report can be made at any time.</Text>
      <Textarea
        label="Root cause"
        description="How it came to this, and what keeps it from happening again"
        required
        data-autofocus
        rows={4}
        maxLength={200}
        value={rootCause}
        onChange={(event) => setRootCause(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

import { Text, TextInput } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { nameOf } from "../../ui/path-parts.ts"
import type { Backup } from "./backup-words.ts"

interface BackupDestroyedDialogProps {
  readonly backup: Backup
  readonly onClose: () => void
}

/** A person says that a backup is gone for good: certificates of destruction name it as such from then on. */
export function BackupDestroyedDialog({ backup: { id, path }, onClose }: BackupDestroyedDialogProps) {
  const task = useTask()
  const [reason, setReason] = useState("")
  const act = async () => {
    if (await task.run(() => ask("vault.backup-destroyed", { backup: id, reason: reason.trim() }))) onClose()
  }
  return (
    <ActionDialog
      title={`${inert(nameOf(path))} is destroyed`}
      action="It is destroyed"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={reason.trim() !== ""}
      onAct={() => void act()}
      onClose={onClose}
    >
      <Text size="sm">
        It is not at {inert(path)}. Where every copy of it is destroyed too, keys that were destroyed here are gone from
        it as well, and their certificates say so. A drill that finds it again takes that back.
      </Text>
      <TextInput
        label="How you know"
        required
        data-autofocus
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

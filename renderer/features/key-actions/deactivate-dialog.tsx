import { Alert, Button, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { capital, count } from "./counted.ts"
import { neededBy } from "./needed-by.ts"

interface DeactivateDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
  readonly onSuspend: () => void
}

/** The end of a key's work, for good, where `suspend` can be taken back. */
export function DeactivateDialog({ value, onClose, onSuspend }: DeactivateDialogProps) {
  const task = useTask()
  const [typed, setTyped] = useState("")
  const [reason, setReason] = useState("")
  const dependants = neededBy(value).length
  const deactivate = async () => {
    if (await task.run(() => ask("key.deactivate", { name: value.name, reason: reason.trim() }))) onClose()
  }
  return (
    <ActionDialog
      title={`Deactivate ${value.name}`}
      action="Deactivate for good"
      isDangerous
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={typed === value.name && reason.trim() !== ""}
      safer={
        value.state === "active" ? (
          <Button variant="light" onClick={onSuspend}>
            Suspend instead
          </Button>
        ) : undefined
      }
      onAct={() => void deactivate()}
      onClose={onClose}
    >
      <Alert color="yellow" variant="light">
        <Text size="sm">
          The key makes nothing new from now on: no signature, no encryption, no new version. What it made stays good:
          it still verifies and decrypts. A deactivated key never becomes active again; a suspended one does when it is
          resumed. {capital(count(dependants, "other key"))} {dependants === 1 ? "needs" : "need"} it.
        </Text>
      </Alert>
      <TextInput
        label="Reason"
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        label={`Type the key's name: ${value.name}`}
        required
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

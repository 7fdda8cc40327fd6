import { Alert, Button, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { capital, count } from "./counted.ts"
import { neededBy } from "./needed-by.ts"

interface DestroyDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
  readonly onSuspend: () => void
  readonly onDestroyed: () => void
}

/** For good: says what depends on it, offers the safer way first, and wants the name typed. */
export function DestroyDialog({ value, onClose, onSuspend, onDestroyed }: DestroyDialogProps) {
  const task = useTask()
  const backups = useAnswer("vault.backups", { holding: value.name })
  const [typed, setTyped] = useState("")
  const [reason, setReason] = useState("")
  const dependants = neededBy(value).length
  const destroy = async () => {
    const request = { name: value.name, reason: reason.trim(), confirmed: true }
    const isSeed = value.purpose === "wallet"
    if (await task.run(() => ask(isSeed ? "seed.destroy" : "key.destroy", request))) onDestroyed()
  }
  return (
    <ActionDialog
      title={`Destroy ${value.name}`}
      action="Destroy for good"
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
      onAct={() => void destroy()}
      onClose={onClose}
    >
      <Alert color="red" variant="light">
        <Text size="sm">
          {count(value.versions.length, "version")} of key material will be gone; nothing that was encrypted with it can
          be read again.{" "}
          {backups.data === undefined
            ? "Looking for backups that hold it…"
            : `${capital(count(dependants, "other key"))} and ${count(backups.data.backups.length, "backup")} depend on it or hold it.`}
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

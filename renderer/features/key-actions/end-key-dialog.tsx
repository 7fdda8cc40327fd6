import { Button, TextInput } from "@mantine/core"
import { type ReactNode, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

interface EndKeyDialogProps {
  readonly value: KeyObject
  readonly title: string
  readonly action: string
  /** What it means. */
  readonly children: ReactNode
  readonly end: (reason: string) => Promise<unknown>
  readonly onEnded: () => void
  readonly onClose: () => void
  readonly onSuspend: () => void
}

/** What can't be taken back: offers the safer way first, and wants the reason and the key's name typed. */
export function EndKeyDialog(props: EndKeyDialogProps) {
  const { value, title, action, children, end, onEnded, onClose, onSuspend } = props
  const task = useTask()
  const [typed, setTyped] = useState("")
  const [reason, setReason] = useState("")
  const act = async () => {
    if (await task.run(() => end(reason.trim()))) onEnded()
  }
  return (
    <ActionDialog
      title={title}
      action={action}
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
      onAct={() => void act()}
      onClose={onClose}
    >
      {children}
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

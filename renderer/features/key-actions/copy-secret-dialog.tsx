import { Text } from "@mantine/core"
import { useRef } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"

/** From the vault to the clipboard; this page never has it. */
export function CopySecretDialog({ value, onClose }: { readonly value: KeyObject; readonly onClose: () => void }) {
  const task = useTask()
  const input = useRef<HTMLInputElement>(null)
  const copy = async () => {
    const passphrase = takeSecret(input)
    const isDone = await task.run(() => ask("window.copy-secret", { name: value.name, passphrase }))
    passphrase.fill(0)
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Copy ${value.name}`}
      action="Copy"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void copy()}
      onClose={onClose}
    >
      <Text size="sm">
        The secret goes to the clipboard and is taken back after a few seconds. Other programs can read the clipboard
        until then.
      </Text>
      <SecretField label="Passphrase of this vault" input={input} isFocused />
    </ActionDialog>
  )
}

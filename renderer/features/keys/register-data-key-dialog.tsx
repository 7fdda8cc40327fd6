import { Text, Textarea, TextInput } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"

interface RegisterDataKeyDialogProps {
  readonly name: string
  readonly onClose: () => void
}

/** Leaves a data key here that an application has already, wrapped by this key. Nothing of it is a secret. */
export function RegisterDataKeyDialog({ name, onClose }: RegisterDataKeyDialogProps) {
  const task = useTask()
  const [label, setLabel] = useState("")
  const [wrapped, setWrapped] = useState("")
  const register = async () => {
    const request = { name, label: label.trim(), wrapped: new TextEncoder().encode(wrapped.trim()) }
    if (await task.run(() => ask("key.register-datakey", request))) onClose()
  }
  return (
    <ActionDialog
      title={`Register a data key of ${inert(name)}`}
      action="Register"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={label.trim() !== "" && wrapped.trim() !== ""}
      onAct={() => void register()}
      onClose={onClose}
    >
      <Text size="sm">
        Its wrapped form is kept here, and moves to the new version when {inert(name)} rotates. Then the application
        takes the new wrapping from here.
      </Text>
      <TextInput
        label="Label"
        description="What the application calls it"
        required
        data-autofocus
        maxLength={200}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Textarea
        label="Wrapped data key"
        description="As it was made: claviger:1:…"
        required
        rows={4}
        spellCheck={false}
        value={wrapped}
        onChange={(event) => setWrapped(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

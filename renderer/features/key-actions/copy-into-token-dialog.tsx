import { Text, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { takeSecret } from "../../ui/secret-field.tsx"
import { TokenChoice } from "./token-choice.tsx"

interface CopyIntoTokenDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
}

/** A copy of a key of the vault goes into a token, as a key of its own. The vault keeps what it has. */
export function CopyIntoTokenDialog({ value, onClose }: CopyIntoTokenDialogProps) {
  const task = useTask()
  const pin = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(`${value.name} in token`)
  const [token, setToken] = useState<string | null>(null)
  const copy = async () => {
    if (token === null) return
    const typed = takeSecret(pin)
    const given = typed.length === 0 ? {} : { pin: typed }
    const isDone = await task.run(() =>
      ask("token.import", { uri: token, name: name.trim(), key: value.name, ...describedAs(value), ...given }),
    )
    typed.fill(0)
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Put a copy of ${value.name} into a token`}
      action="Put it into the token"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={token !== null && name.trim() !== ""}
      onAct={() => void copy()}
      onClose={onClose}
    >
      <Text size="sm">
        A copy of version {value.currentVersion} goes into the token, encrypted for it alone, as a key of its own that
        does not leave again. This vault keeps {inert(value.name)} until it is destroyed here, and backups keep it even
        then: whoever opens one of these needs no token.
      </Text>
      <TextInput
        label="Name of the key in the token"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TokenChoice value={token} pin={pin} onChange={setToken} />
    </ActionDialog>
  )
}

/** A copy is whose the key is, and where that is. */
function describedAs({ keyring, owner, environment, tags }: KeyObject) {
  return { keyring, tags, ...(owner === null ? {} : { owner }), ...(environment === null ? {} : { environment }) }
}

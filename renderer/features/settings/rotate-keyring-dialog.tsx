import { Text } from "@mantine/core"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { contentOf } from "./keyring-words.ts"

interface RotateKeyringDialogProps {
  readonly keyring: Keyring
  readonly onClose: () => void
}

/** A new key-encryption key; where tokens hold it, the PIN of one is asked for if need be. */
export function RotateKeyringDialog({ keyring, onClose }: RotateKeyringDialogProps) {
  const { name, tokens } = keyring
  const task = useTask()
  const rotate = async () => {
    if (await task.run(() => ask("keyring.rotate", { name }))) onClose()
  }
  return (
    <ActionDialog
      title={`Rotate keyring ${inert(name)}`}
      action="Rotate the keyring"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void rotate()}
      onClose={onClose}
    >
      <Text size="sm">
        The keyring gets a new key-encryption key, and what is in it ({contentOf(keyring)}) is wrapped anew under it.
        The keys stay as they are, and so does what they made. Backups made before have the old one.
      </Text>
      {tokens.length > 0 && (
        <Text size="sm">One of the tokens that hold it has to be there. The others open it afterwards as before.</Text>
      )}
    </ActionDialog>
  )
}

import { Alert, Text } from "@mantine/core"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

interface RemoveSlotDialogProps {
  readonly id: string
  /** What opens the vault through it. */
  readonly what: string
  /** The URI of the key in a token that does. */
  readonly token: string | undefined
  readonly onClose: () => void
}

export function RemoveSlotDialog({ id, what, token, onClose }: RemoveSlotDialogProps) {
  const task = useTask()
  const remove = async () => {
    if (await task.run(() => ask("vault.slot.remove", { id, confirmed: true }))) onClose()
  }
  return (
    <ActionDialog
      title="Remove a way in"
      action="Remove"
      isDangerous
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void remove()}
      onClose={onClose}
    >
      <Alert color="red" variant="light">
        <Text size="sm">
          {what} will no longer open this vault. Backups and copies that were made before still open with it.
        </Text>
      </Alert>
      {token !== undefined && (
        <Text size="sm" className="breaks">
          Its key stays in the token: {token}
        </Text>
      )}
    </ActionDialog>
  )
}

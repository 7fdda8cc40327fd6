import { Text } from "@mantine/core"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { oldCopiesStillOpen } from "./passphrase-settings.tsx"
import { usePassphraseChange } from "./use-passphrase-change.ts"

/** What Settings has as a card, for the palette. */
export function ChangePassphraseDialog({ onClose }: { readonly onClose: () => void }) {
  const { task, first, again, problem, change } = usePassphraseChange()
  const act = async () => {
    if (await change()) onClose()
  }
  return (
    <ActionDialog
      title="Change passphrase"
      action="Change passphrase"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void act()}
      onClose={onClose}
    >
      <Text size="sm">{oldCopiesStillOpen}</Text>
      <NewPassphrase first={first} again={again} error={problem} label="New passphrase" isFocused />
    </ActionDialog>
  )
}

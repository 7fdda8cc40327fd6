import { Text } from "@mantine/core"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { capital, count } from "../key-actions/counted.ts"

interface RewrapDialogProps {
  readonly name: string
  /** To which they are moved. */
  readonly version: number
  readonly left: number
  readonly onClose: () => void
}

/** Moves the registered data keys of a key to its current version. Cancelled, it goes on from there the next time. */
export function RewrapDialog({ name, version, left, onClose }: RewrapDialogProps) {
  const task = useTask()
  const rewrap = async () => {
    if (await task.run(() => ask("rotation.rewrap", { name }))) onClose()
  }
  return (
    <ActionDialog
      title={`Rewrap data keys: ${inert(name)}`}
      action="Rewrap data keys"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={left > 0}
      long="rotation.rewrap"
      onAct={() => void rewrap()}
      onClose={onClose}
    >
      <Text size="sm" role="status">
        {capital(count(left, "registered data key"))} {left === 1 ? "is" : "are"} to be moved to version {version}.
      </Text>
      <Text size="sm">
        Each is opened and wrapped anew in memory, where nobody sees it; the applications get the new wrapping from the
        vault. What was moved stays moved: it can be cancelled, and begun again.
      </Text>
    </ActionDialog>
  )
}

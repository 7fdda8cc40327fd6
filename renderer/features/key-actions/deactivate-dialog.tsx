import { Alert, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { capital, count } from "./counted.ts"
import { EndKeyDialog } from "./end-key-dialog.tsx"
import { neededBy } from "./needed-by.ts"

interface DeactivateDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
  readonly onSuspend: () => void
}

/** The end of a key's work, for good, where `suspend` can be taken back. */
export function DeactivateDialog({ value, onClose, onSuspend }: DeactivateDialogProps) {
  const dependants = neededBy(value).length
  return (
    <EndKeyDialog
      value={value}
      title={`Deactivate ${value.name}`}
      action="Deactivate for good"
      end={(reason) => ask("key.deactivate", { name: value.name, reason })}
      onEnded={onClose}
      onClose={onClose}
      onSuspend={onSuspend}
    >
      <Alert color="yellow" variant="light">
        <Text size="sm">
          The key makes nothing new from now on: no signature, no encryption, no new version. What it made stays good:
          it still verifies and decrypts. A deactivated key never becomes active again; a suspended one does when it is
          resumed. {capital(count(dependants, "other key"))} {dependants === 1 ? "needs" : "need"} it.
        </Text>
      </Alert>
    </EndKeyDialog>
  )
}

import { Alert, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { capital, count } from "./counted.ts"
import { EndKeyDialog } from "./end-key-dialog.tsx"
import { neededBy } from "./needed-by.ts"

interface DestroyDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
  readonly onSuspend: () => void
  readonly onDestroyed: () => void
}

/** For good: says what depends on it and what still holds it. */
export function DestroyDialog({ value, onClose, onSuspend, onDestroyed }: DestroyDialogProps) {
  const backups = useAnswer("vault.backups", { holding: value.name })
  const dependants = neededBy(value).length
  const operation = value.purpose === "wallet" ? "seed.destroy" : "key.destroy"
  return (
    <EndKeyDialog
      value={value}
      title={`Destroy ${value.name}`}
      action="Destroy for good"
      end={(reason) => ask(operation, { name: value.name, reason, confirmed: true })}
      onEnded={onDestroyed}
      onClose={onClose}
      onSuspend={onSuspend}
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
    </EndKeyDialog>
  )
}

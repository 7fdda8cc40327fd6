import { Alert, Radio, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { capital, count } from "./counted.ts"
import { EndKeyDialog } from "./end-key-dialog.tsx"
import { lossOf } from "./loss-of.ts"
import { neededBy } from "./needed-by.ts"

interface DestroyDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
  readonly onSuspend: () => void
  readonly onDestroyed: () => void
}

type When = "later" | "now"

/** Says what depends on it and what still holds it. It waits unless it is to be at once. */
export function DestroyDialog({ value, onClose, onSuspend, onDestroyed }: DestroyDialogProps) {
  const isWaiting = value.state === "pending-destruction"
  const [when, setWhen] = useState<When>(isWaiting ? "now" : "later")
  return (
    <EndKeyDialog
      value={value}
      title={`Destroy ${value.name}`}
      action={when === "now" ? "Destroy for good" : "Destroy in 30 days"}
      end={(reason) => destroy(value, reason, when)}
      onEnded={when === "now" ? onDestroyed : onClose}
      onClose={onClose}
      onSuspend={onSuspend}
    >
      <Alert color="red" variant="light">
        <Losses value={value} />
      </Alert>
      {!isWaiting && <Times when={when} onChange={setWhen} />}
    </EndKeyDialog>
  )
}

function destroy({ name, purpose }: KeyObject, reason: string, when: When): Promise<unknown> {
  const isSeed = purpose === "wallet"
  if (when === "later") return ask(isSeed ? "seed.schedule-destroy" : "key.schedule-destroy", { name, reason })
  return ask(isSeed ? "seed.destroy" : "key.destroy", { name, reason, confirmed: true })
}

function Losses({ value }: Pick<DestroyDialogProps, "value">) {
  const backups = useAnswer("vault.backups", { holding: value.name })
  const dependants = neededBy(value).length
  return (
    <Text size="sm">
      {count(value.versions.length, "version")} of key material will be gone; {lossOf(value)}.{" "}
      {backups.data === undefined
        ? "Looking for backups that hold it…"
        : `${capital(count(dependants, "other key"))} and ${count(backups.data.backups.length, "backup")} depend on it or hold it.`}
    </Text>
  )
}

function Times({ when, onChange }: { readonly when: When; readonly onChange: (when: When) => void }) {
  return (
    <Radio.Group label="When" value={when} onChange={(value) => onChange(value === "now" ? "now" : "later")}>
      <Stack gap="xs" mt={6}>
        <Radio
          value="later"
          label="In 30 days"
          description="It rests from now on, which shows whether somebody needs it; until then you can keep it."
        />
        <Radio value="now" label="Now" description="It can't be undone." />
      </Stack>
    </Radio.Group>
  )
}

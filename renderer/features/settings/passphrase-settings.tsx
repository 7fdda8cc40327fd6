import { Button, Group, Text } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { Working } from "../../ui/working.tsx"
import { usePassphraseChange } from "./use-passphrase-change.ts"

export const oldCopiesStillOpen = "Backups and copies made before still open with the old one."

export function PassphraseSettings() {
  const { task, first, again, problem, change } = usePassphraseChange()
  const [isDone, setDone] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setDone(await change())
  }
  return (
    <Card title="Passphrase" says={oldCopiesStillOpen}>
      <form onSubmit={(event) => void submit(event)}>
        <NewPassphrase first={first} again={again} error={problem} label="New passphrase" />
        <FailureNotice failure={task.failure} />
        <Group justify="flex-end" mt="sm">
          {isDone && (
            <Text size="sm" c="dimmed" role="status">
              Changed.
            </Text>
          )}
          {task.isRunning && <Working says="Deriving the key" />}
          <Button type="submit" variant="default" disabled={task.isRunning}>
            Change passphrase
          </Button>
        </Group>
      </form>
    </Card>
  )
}

import { Button, Group, Text } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"
import { Working } from "../../ui/working.tsx"

export function PassphraseSettings() {
  const task = useTask()
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isDone, setDone] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isSame = isSameSecret(first, again)
    setProblem(isSame ? null : "The two are not the same.")
    if (!isSame) return
    setDone(
      await task.run(async () => {
        const newPassphrase = takeSecret(first)
        takeSecret(again).fill(0)
        try {
          await ask("vault.passwd", { newPassphrase })
        } finally {
          newPassphrase.fill(0)
        }
      }),
    )
  }
  return (
    <Card title="Passphrase" says="Backups and copies made before still open with the old one.">
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

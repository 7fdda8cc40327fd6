import { Button, Group, Stack } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { FrontPage } from "../../ui/front-page.tsx"
import { PathChoice } from "../../ui/path-choice.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { Working } from "../../ui/working.tsx"

interface RestoreScreenProps {
  readonly onRestored: (path: string) => void
  readonly onBack: () => void
}

/** A backup becomes a vault in a new folder; what is there already is never touched. */
export function RestoreScreen({ onRestored, onBack }: RestoreScreenProps) {
  const task = useTask()
  const passphrase = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (file === null || to === null) return
    void task.run(async () => {
      const bytes = takeSecret(passphrase)
      try {
        await ask("vault.restore", { file, to, passphrase: bytes })
        onRestored(to)
      } finally {
        bytes.fill(0)
      }
    })
  }
  return (
    <FrontPage
      title="Restore a backup"
      subtitle="It becomes a vault of its own, checked before it is called one."
      width={520}
    >
      <form onSubmit={submit}>
        <Stack>
          <PathChoice label="Backup" path={file} onChoose={() => task.run(() => choose("restore-file", setFile))} />
          <PathChoice label="New vault" path={to} onChoose={() => task.run(() => choose("restore-to", setTo))} />
          <SecretField label="Passphrase of the backup" input={passphrase} />
          <FailureNotice failure={task.failure} />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack} disabled={task.isRunning}>
              Back
            </Button>
            <Group>
              {task.isRunning && <Working says="Checking and restoring" long="vault.restore" />}
              <Button type="submit" disabled={task.isRunning || file === null || to === null}>
                Restore
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </FrontPage>
  )
}

async function choose(what: "restore-file" | "restore-to", take: (path: string) => void): Promise<void> {
  const { path } = await ask("window.choose", { what, suggestedName: "restored" })
  if (path !== null) take(path)
}

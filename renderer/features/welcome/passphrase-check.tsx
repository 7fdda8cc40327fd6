import { Alert, Button, Group, Stack } from "@mantine/core"
import { type FormEvent, useRef } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { FrontPage } from "../../ui/front-page.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { Working } from "../../ui/working.tsx"

interface PassphraseCheckProps {
  readonly created: Pick<AnswerTo<"vault.create">, "path" | "unlockMs" | "kdf">
  readonly onOpened: () => void
}

/** The vault is made; opening it proves that the passphrase is known. */
export function PassphraseCheck({ created: { path, unlockMs, kdf }, onOpened }: PassphraseCheckProps) {
  const task = useTask()
  const passphrase = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void task.run(async () => {
      const bytes = takeSecret(passphrase)
      try {
        await ask("vault.unlock", { path, passphrase: bytes })
        onOpened()
      } finally {
        bytes.fill(0)
      }
    })
  }
  return (
    <FrontPage title="Your vault is ready" subtitle="Type the passphrase once more, to be sure that you know it.">
      <form onSubmit={submit}>
        <Stack>
          <Alert color="claviger" variant="light">
            Opening takes about {Math.round(unlockMs)} ms on this machine, and so does every guess of somebody else: as
            measured here, {Math.round(kdf.memoryKiB / 1024)} MiB of memory {kdf.passes} times over (Argon2id).
          </Alert>
          <SecretField label="Passphrase" input={passphrase} isFocused />
          <FailureNotice failure={task.failure} />
          <Group justify="flex-end">
            {task.isRunning && <Working says="Deriving the key" />}
            <Button type="submit" disabled={task.isRunning}>
              Open vault
            </Button>
          </Group>
        </Stack>
      </form>
    </FrontPage>
  )
}

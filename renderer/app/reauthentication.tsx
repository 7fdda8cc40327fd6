import { Button, Group, Modal, Stack, Text, Title } from "@mantine/core"
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react"
import { OperationFailed } from "../api/operation-failed.ts"
import { type Attempt, onReauthentication } from "../api/reauthentication.ts"
import { useTask } from "../api/use-task.ts"
import { FailureNotice } from "../ui/failure-notice.tsx"
import { SecretField, takeSecret } from "../ui/secret-field.tsx"
import { Working } from "../ui/working.tsx"

type Answer = Awaited<ReturnType<Attempt>>

interface Question {
  readonly id: number
  readonly attempt: Attempt
  readonly settle: (answer: Answer | null) => void
}

/** Asks for the passphrase again, over whatever dialog wanted something that needs it: one question after the other. */
export function Reauthentication() {
  const [questions, setQuestions] = useState<readonly Question[]>([])
  const asked = useRef(0)
  useEffect(
    () =>
      onReauthentication(
        (attempt) =>
          new Promise((resolve) => {
            asked.current += 1
            const id = asked.current
            const settle = (answer: Answer | null) => {
              setQuestions((waiting) => waiting.filter((question) => question.id !== id))
              resolve(answer)
            }
            setQuestions((waiting) => [...waiting, { id, attempt, settle }])
          }),
      ),
    [],
  )
  const [first] = questions
  // A key of its own: the next question begins with an empty field.
  return first === undefined ? null : <PassphraseQuestion key={first.id} {...first} />
}

const title = "Passphrase again"

/** Escape is for this dialog, and not for the one below it. */
const ownKeys = { "data-mantine-stop-propagation": true } as const

function PassphraseQuestion({ attempt, settle }: Omit<Question, "id">) {
  const task = useTask()
  const input = useRef<HTMLInputElement>(null)
  // Once the passphrase is on its way what was asked for happens: that can't be taken back by leaving.
  const dismiss = () => {
    if (!task.isRunning) settle(null)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    await task.run(async () => {
      const passphrase = takeSecret(input)
      try {
        const reply = await attempt(passphrase)
        if (!reply.ok && reply.error.code === "WRONG_PASSPHRASE") throw new OperationFailed(reply.error)
        settle(reply)
      } finally {
        passphrase.fill(0)
      }
    })
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return
    event.stopPropagation()
    dismiss()
  }
  return (
    <Modal.Root opened onClose={dismiss} closeOnEscape={false} onKeyDown={onKeyDown} zIndex={400}>
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <Modal.Body>
          <form onSubmit={(event) => void submit(event)}>
            <Stack>
              <Title order={2} size="h5">
                {title}
              </Title>
              <Text size="sm">
                This takes secrets out of the vault, or changes what opens it: an open vault alone is not enough for it.
              </Text>
              <SecretField label="Passphrase of this vault" input={input} isFocused isOnTop />
              <FailureNotice failure={task.failure} />
              <Group justify="flex-end">
                {task.isRunning && <Working says="Checking" />}
                <Button variant="default" disabled={task.isRunning} onClick={dismiss} {...ownKeys}>
                  Not now
                </Button>
                <Button type="submit" disabled={task.isRunning} {...ownKeys}>
                  Continue
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

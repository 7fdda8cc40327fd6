import { Button, Group, Modal, Radio, Stack, Text, Title } from "@mantine/core"
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react"
import type { Failure } from "../../preload/contract/failure.ts"
import { OperationFailed } from "../api/operation-failed.ts"
import type { Attempt, Choice, Question } from "../api/question.ts"
import { useTask } from "../api/use-task.ts"
import { FailureNotice } from "../ui/failure-notice.tsx"
import { inert } from "../ui/inert.ts"
import { SecretField, takeSecret } from "../ui/secret-field.tsx"
import { Working } from "../ui/working.tsx"

type Answer = Awaited<ReturnType<Attempt>>

interface Words {
  readonly title: string
  readonly why: string
  readonly label: string
  /** What the choices are of, where there may be some. */
  readonly which?: string
  /** What is said when it was not the right one: then the person may try again. */
  readonly refusal: Failure["code"]
}

interface Asked {
  readonly id: number
  readonly attempt: Attempt
  readonly choices: readonly Choice[]
  readonly settle: (answer: Answer | null) => void
}

interface SecretQuestionProps {
  readonly question: Question
  readonly words: Words
}

/** Asks for a secret, over whatever dialog wanted something that needs it: one question after the other. */
export function SecretQuestion({ question, words }: SecretQuestionProps) {
  const [waiting, setWaiting] = useState<readonly Asked[]>([])
  const count = useRef(0)
  useEffect(
    () =>
      question.onAsked(
        (attempt, choices) =>
          new Promise((resolve) => {
            count.current += 1
            const id = count.current
            const settle = (answer: Answer | null) => {
              setWaiting((asked) => asked.filter((one) => one.id !== id))
              resolve(answer)
            }
            setWaiting((asked) => [...asked, { id, attempt, choices, settle }])
          }),
      ),
    [question],
  )
  const [first] = waiting
  // A key of its own: the next question begins with an empty field.
  return first === undefined ? null : <QuestionDialog key={first.id} {...first} words={words} />
}

/** Escape is for this dialog, and not for the one below it. */
const ownKeys = { "data-mantine-stop-propagation": true } as const

interface QuestionDialogProps extends Omit<Asked, "id"> {
  readonly words: Words
}

function QuestionDialog({ attempt, choices, settle, words }: QuestionDialogProps) {
  const { title, why, label, which = "", refusal } = words
  const task = useTask()
  const [chosen, setChosen] = useState(choices[0]?.value ?? null)
  const input = useRef<HTMLInputElement>(null)
  // Once the secret is on its way what was asked for happens: that can't be taken back by leaving.
  const dismiss = () => {
    if (!task.isRunning) settle(null)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    await task.run(async () => {
      const typed = takeSecret(input)
      try {
        const reply = await attempt(typed, chosen)
        if (!reply.ok && reply.error.code === refusal) throw new OperationFailed(reply.error)
        settle(reply)
      } finally {
        typed.fill(0)
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
              <Text size="sm">{why}</Text>
              <Chosen which={which} choices={choices} value={chosen} onChange={setChosen} />
              <SecretField label={label} input={input} isFocused isOnTop />
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

interface ChosenProps {
  readonly which: string
  readonly choices: readonly Choice[]
  readonly value: string | null
  readonly onChange: (value: string) => void
}

/** What the secret is for: said, or to be chosen where there are several. */
function Chosen({ which, choices, value, onChange }: ChosenProps) {
  const [first] = choices
  if (first === undefined) return null
  if (choices.length === 1) return <Text size="sm">{`${which}: ${inert(first.label)}`}</Text>
  return (
    <Radio.Group label={which} value={value} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} label={inert(choice.label)} size="sm" {...ownKeys} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

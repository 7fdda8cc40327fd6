import { Button, Group, Stack, Text } from "@mantine/core"
import { type RefObject, useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { RevealByHolding } from "../../ui/reveal-by-holding.tsx"

interface SuggestedPassphraseProps {
  readonly first: RefObject<HTMLInputElement | null>
  readonly again: RefObject<HTMLInputElement | null>
}

interface Drawn {
  readonly words: number
  readonly bits: number
}

/** Words drawn at random, put into the fields; they are nowhere else, and are shown while a button is held. */
export function SuggestedPassphrase({ first, again }: SuggestedPassphraseProps) {
  const task = useTask()
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [read] = useState(() => () => new TextEncoder().encode(first.current?.value ?? ""))
  const suggest = () =>
    task.run(async () => {
      const { suggested, ...about } = await ask("window.suggest-passphrase", {})
      const text = new TextDecoder().decode(suggested)
      suggested.fill(0)
      for (const { current: field } of [first, again]) {
        if (field === null) continue
        field.value = text
        // As if it had been typed: the estimate below the field hears it.
        field.dispatchEvent(new Event("input", { bubbles: true }))
      }
      setDrawn(about)
    })
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed" role="status">
          {drawn === null
            ? "Or let chance choose: nobody guesses what nobody thought of."
            : `${drawn.words} words drawn at random out of 2,048: ${drawn.bits} bits. Write them down before you go on.`}
        </Text>
        <Button variant="default" size="xs" flex="none" disabled={task.isRunning} onClick={() => void suggest()}>
          {drawn === null ? "Suggest one" : "Another one"}
        </Button>
      </Group>
      <FailureNotice failure={task.failure} />
      {drawn !== null && (
        <RevealByHolding
          read={read}
          label="Suggested passphrase"
          says="You are asked to type it at the end, to be sure that you have it."
        />
      )}
    </Stack>
  )
}

import { Alert, Button, Group, Stack, Text } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import { useShield } from "../../api/use-shield.ts"
import { FrontPage } from "../../ui/front-page.tsx"
import { SecretArea } from "../../ui/secret-area.tsx"
import { type CardSource, SecretCards } from "../../ui/secret-cards.tsx"

interface RecoverySharesProps {
  readonly cards: CardSource
  readonly onDone: () => void
}

/** A card for each custodian, written down or printed; then one of them is typed back. */
export function RecoveryShares({ cards, onDone }: RecoverySharesProps) {
  const [isWritten, setWritten] = useState(false)
  useShield()
  useEffect(() => () => cards.wipe(), [cards])
  if (isWritten) return <ShareCheck cards={cards} onDone={onDone} onBack={() => setWritten(false)} />
  return (
    <FrontPage
      title="Recovery cards"
      subtitle="One card for each custodian. Their words are shown only now, and are kept nowhere."
      width={560}
    >
      <SecretCards cards={cards} onDone={() => setWritten(true)} done="All are written down" />
    </FrontPage>
  )
}

function ShareCheck({ cards, onDone, onBack }: RecoverySharesProps & { readonly onBack: () => void }) {
  const typed = useRef<HTMLTextAreaElement>(null)
  const [isWrong, setWrong] = useState(false)
  const check = () => {
    const expected = new TextDecoder().decode(cards.take(0) ?? new Uint8Array())
    const isRight = wordsOf(typed.current?.value ?? "") === wordsOf(expected)
    setWrong(!isRight)
    if (!isRight) return
    if (typed.current !== null) typed.current.value = ""
    onDone()
  }
  return (
    <FrontPage
      title="Check a written card"
      subtitle="Type card 1 from its paper, to be sure that it can be read."
      width={560}
    >
      <Stack>
        <SecretArea label="Words of card 1" input={typed} />
        {isWrong && (
          <Alert color="red" variant="light" role="alert">
            <Text size="sm">That is not card 1. Compare word by word with what was shown.</Text>
          </Alert>
        )}
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={onBack}>
            Show the cards again
          </Button>
          <Button onClick={check}>Check</Button>
        </Group>
      </Stack>
    </FrontPage>
  )
}

function wordsOf(text: string): string {
  return text.trim().toLowerCase().split(/\s+/).join(" ")
}

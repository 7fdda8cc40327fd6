import { Button, Group, Stack, Text } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import { printCards } from "./print-cards.ts"
import { RevealByHolding } from "./reveal-by-holding.tsx"

/** Secrets for several people, as functions: React's state has a way to them, and not them. */
export interface CardSource {
  readonly count: number
  /** `null` once they are wiped. */
  readonly take: (index: number) => Uint8Array | null
  readonly wipe: () => void
  readonly titleOf: (index: number) => string
  readonly saysOf: (index: number) => readonly string[]
}

interface SecretCardsProps {
  readonly cards: CardSource
  readonly onDone: () => void
  readonly done: string
}

/** One card at a time, shown while a button is held, or all of them on paper, each on a page of its own. */
export function SecretCards({ cards, onDone, done }: SecretCardsProps) {
  const [index, setIndex] = useState(0)
  const unprint = useRef<(() => void) | null>(null)
  useEffect(() => () => unprint.current?.(), [])
  const print = () => {
    const paper = Array.from({ length: cards.count }, (_, each) => ({
      title: cards.titleOf(each),
      says: cards.saysOf(each),
      words: cards.take(each) ?? new Uint8Array(),
    }))
    unprint.current?.()
    unprint.current = printCards(paper)
  }
  const isLast = index === cards.count - 1
  return (
    <Stack>
      <div>
        <Text fw={600} role="status">
          {cards.titleOf(index)}
        </Text>
        {cards.saysOf(index).map((line) => (
          <Text key={line} size="sm" c="dimmed">
            {line}
          </Text>
        ))}
      </div>
      <ShownCard key={index} cards={cards} index={index} />
      <Group justify="space-between">
        <Button variant="default" onClick={print}>
          Print all cards…
        </Button>
        <Group gap="xs">
          <Button variant="subtle" color="gray" disabled={index === 0} onClick={() => setIndex(index - 1)}>
            Back
          </Button>
          <Button onClick={() => (isLast ? onDone() : setIndex(index + 1))}>{isLast ? done : "Next card"}</Button>
        </Group>
      </Group>
      <Text size="xs" c="dimmed">
        A printer, and the machine's list of what it printed, may keep a copy. Pen and paper do not.
      </Text>
    </Stack>
  )
}

function ShownCard({ cards, index }: { readonly cards: CardSource; readonly index: number }) {
  const [read] = useState(() => () => cards.take(index))
  return (
    <RevealByHolding read={read} label={`Words of card ${index + 1}`} says="Hidden again when the button is let go." />
  )
}

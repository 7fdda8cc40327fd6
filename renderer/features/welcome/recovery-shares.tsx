import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { FrontPage } from "../../ui/front-page.tsx"
import { SecretText } from "../../ui/secret-text.tsx"
import type { ShareSource } from "./share-source.ts"

interface RecoverySharesProps {
  readonly shares: ShareSource
  readonly onDone: () => void
}

/** One share at a time, to be written down by its custodian; then one of them is typed back. */
export function RecoveryShares({ shares, onDone }: RecoverySharesProps) {
  const [index, setIndex] = useState(0)
  const isLast = index === shares.count
  useEffect(() => {
    void ask("window.shield", { isOn: true })
    return () => void ask("window.shield", { isOn: false })
  }, [])
  if (isLast) return <ShareCheck shares={shares} onDone={onDone} onBack={() => setIndex(0)} />
  return (
    <FrontPage
      title={`Recovery share ${index + 1} of ${shares.count}`}
      subtitle="Write these words down for one custodian. They are shown only now."
      width={560}
    >
      <ShareText key={index} shares={shares} index={index} />
      <Group justify="space-between">
        <Button variant="subtle" color="gray" disabled={index === 0} onClick={() => setIndex(index - 1)}>
          Back
        </Button>
        <Button onClick={() => setIndex(index + 1)}>It is written down</Button>
      </Group>
    </FrontPage>
  )
}

function ShareText({ shares, index }: { readonly shares: ShareSource; readonly index: number }) {
  const [read] = useState(() => () => shares.take(index))
  return <SecretText read={read} label={`Words of share ${index + 1}`} />
}

function ShareCheck({ shares, onDone, onBack }: RecoverySharesProps & { readonly onBack: () => void }) {
  const typed = useRef<HTMLTextAreaElement>(null)
  const [isWrong, setWrong] = useState(false)
  const check = () => {
    const expected = new TextDecoder().decode(shares.take(0) ?? new Uint8Array())
    const isRight = wordsOf(typed.current?.value ?? "") === wordsOf(expected)
    setWrong(!isRight)
    if (!isRight) return
    if (typed.current !== null) typed.current.value = ""
    for (let index = 0; index < shares.count; index += 1) shares.take(index)?.fill(0)
    onDone()
  }
  return (
    <FrontPage
      title="Check a written share"
      subtitle="Type share 1 from its paper, to be sure that it can be read."
      width={560}
    >
      <Stack>
        <Textarea ref={typed} label="Words of share 1" minRows={3} autosize autoComplete="off" spellCheck={false} />
        {isWrong && (
          <Alert color="red" variant="light" role="alert">
            <Text size="sm">That is not share 1. Compare word by word with what was shown.</Text>
          </Alert>
        )}
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={onBack}>
            Show the shares again
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

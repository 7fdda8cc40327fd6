import { Stack, Text } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { SecretArea } from "../../ui/secret-area.tsx"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"
import { linesOf } from "../../ui/secret-lines.ts"
import { NextTry } from "./next-try.tsx"
import { isOlder, type OlderCopy, OlderCopyChoice } from "./older-copy.tsx"
import { OtherWayButtons } from "./other-way-buttons.tsx"

interface OpenWithSharesProps {
  readonly path: string
  readonly scheme: { readonly threshold: number; readonly count: number }
  /** Until the next try; 0: it may be tried. */
  readonly waitMs: number
  readonly older: OlderCopy
  readonly onUnlocked: () => void
  readonly onBack: () => void
}

/** For who has forgotten the passphrase: as many cards as it takes, and a new passphrase. */
export function OpenWithShares({ path, scheme, waitMs, older, onUnlocked, onBack }: OpenWithSharesProps) {
  const task = useTask()
  const typed = useRef<HTMLTextAreaElement>(null)
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isSame = isSameSecret(first, again)
    setProblem(isSame ? null : "The two are not the same.")
    if (!isSame) return
    // Stays in its field until it was right: nobody types forty words twice for one slip.
    const shares = new TextEncoder().encode(typed.current?.value ?? "")
    const passphrase = takeSecret(first)
    takeSecret(again).fill(0)
    const isOpen = await task.run(async () => {
      await ask("vault.recover", {
        path,
        shares: linesOf(shares),
        newPassphrase: passphrase,
        acceptRollback: older.isAccepted,
      })
      await ask("vault.unlock", { path, passphrase })
    })
    shares.fill(0)
    passphrase.fill(0)
    if (isOpen) onUnlocked()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Text size="sm">
          Any {scheme.threshold} of the {scheme.count} recovery cards open the vault, and set a new passphrase. The old
          one no longer opens it.
        </Text>
        <SecretArea label="Words of the cards, one card a line" input={typed} rows={6} isFocused />
        <NewPassphrase first={first} again={again} error={problem} label="New passphrase" />
        <OlderCopyChoice older={{ ...older, isFound: older.isFound || isOlder(task.failure) }} />
        <FailureNotice failure={task.failure} />
        <NextTry waitMs={waitMs} />
        <OtherWayButtons
          submit="Recover"
          says="Putting the cards together"
          isRunning={task.isRunning}
          waitMs={waitMs}
          onBack={onBack}
        />
      </Stack>
    </form>
  )
}

import { Anchor, Button, Group, Stack, Text } from "@mantine/core"
import { type FormEvent, lazy, Suspense, useRef, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import type { OperationFailed } from "../../api/operation-failed.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { FrontPage } from "../../ui/front-page.tsx"
import { nameOf } from "../../ui/path-parts.ts"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { useCountdown } from "../../ui/use-countdown.ts"
import { Working } from "../../ui/working.tsx"
import { nameOfRemoved } from "../tokens/token-words.ts"
import { NextTry } from "./next-try.tsx"
import { isOlder, OlderCopyChoice } from "./older-copy.tsx"

const OpenWithShares = lazy(async () => ({ default: (await import("./open-with-shares.tsx")).OpenWithShares }))
const OpenWithToken = lazy(async () => ({ default: (await import("./open-with-token.tsx")).OpenWithToken }))

interface UnlockScreenProps {
  readonly path: string
  /** Why the last try failed, in the page before this one. */
  readonly refusal: OperationFailed | null
  /** What was pulled out, so that the vault locked. */
  readonly removed: AnswerTo<"window.start">["removed"]
  readonly onUnlocked: () => void
  readonly onBack: () => void
}

export function UnlockScreen({ path, refusal, removed, onUnlocked, onBack }: UnlockScreenProps) {
  // Others may guess meanwhile, by the command line: whoever comes back waits as they do.
  const info = useAnswer("vault.info", { path }, { refetchOnMount: "always" })
  const waitMs = useCountdown(info.data?.waitMs ?? 0, info.dataUpdatedAt)
  const task = useTask()
  const passphrase = useRef<HTMLInputElement>(null)
  const [acceptRollback, setAcceptRollback] = useState(false)
  const [hasForgotten, setForgotten] = useState(false)
  const [isByToken, setByToken] = useState(false)
  const tokens = info.data?.keyslots.filter(({ token }) => token !== undefined) ?? []
  const recovery = info.data?.keyslots.find(({ scheme }) => scheme !== undefined)
  const failure = task.failure ?? (task.isRunning ? null : refusal)
  const older = { isFound: isOlder(failure), isAccepted: acceptRollback, accept: setAcceptRollback }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isOpen = await task.run(async () => {
      const bytes = takeSecret(passphrase)
      try {
        await ask("vault.unlock", { path, passphrase: bytes, acceptRollback })
      } finally {
        bytes.fill(0)
      }
    })
    if (isOpen) onUnlocked()
    else passphrase.current?.focus()
  }
  if (hasForgotten && recovery?.scheme !== undefined) {
    return (
      <FrontPage title={info.data?.label ?? nameOf(path)} subtitle={path}>
        <Suspense>
          <OpenWithShares
            path={path}
            scheme={recovery.scheme}
            waitMs={waitMs}
            older={older}
            onUnlocked={onUnlocked}
            onBack={() => setForgotten(false)}
          />
        </Suspense>
      </FrontPage>
    )
  }
  if (isByToken && tokens.length > 0) {
    return (
      <FrontPage title={info.data?.label ?? nameOf(path)} subtitle={path}>
        <Suspense>
          <OpenWithToken
            path={path}
            slots={tokens}
            waitMs={waitMs}
            older={older}
            onUnlocked={onUnlocked}
            onBack={() => setByToken(false)}
          />
        </Suspense>
      </FrontPage>
    )
  }
  return (
    <FrontPage title={info.data?.label ?? nameOf(path)} subtitle={path}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <FailureNotice failure={info.error} />
          {removed !== null && <Text size="sm">Locked, because this was removed: {nameOfRemoved(removed)}.</Text>}
          <SecretField label="Passphrase" input={passphrase} isFocused />
          <OlderCopyChoice older={older} />
          <FailureNotice failure={failure} />
          <NextTry waitMs={waitMs} />
          {tokens.length > 0 && (
            <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setByToken(true)}>
              Open with a token instead
            </Anchor>
          )}
          {recovery !== undefined && (
            <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setForgotten(true)}>
              Open with recovery cards instead
            </Anchor>
          )}
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack} disabled={task.isRunning}>
              Other vaults
            </Button>
            <Group>
              {task.isRunning && <Working says="Deriving the key" />}
              <Button type="submit" disabled={task.isRunning || info.error !== null || waitMs > 0}>
                Unlock
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </FrontPage>
  )
}

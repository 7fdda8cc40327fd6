import { Radio, Stack, Text } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import type { KeyslotSummary } from "../../../preload/contract/keyslot-summary.ts"
import { type AnswerTo, answerOf, invoke, type RequestFor } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { presenceOf, tokenName } from "../tokens/token-words.ts"
import { NextTry } from "./next-try.tsx"
import { isOlder, type OlderCopy, OlderCopyChoice } from "./older-copy.tsx"
import { OtherWayButtons } from "./other-way-buttons.tsx"

interface OpenWithTokenProps {
  readonly path: string
  /** Those of tokens. */
  readonly slots: readonly KeyslotSummary[]
  /** Until the next try; 0: it may be tried. */
  readonly waitMs: number
  readonly older: OlderCopy
  readonly onUnlocked: () => void
  readonly onBack: () => void
}

/** For who has a token that the vault knows: its PIN, and a passphrase where its keyslot wants one besides. */
export function OpenWithToken({ path, slots, waitMs, older, onUnlocked, onBack }: OpenWithTokenProps) {
  const task = useTask()
  const pin = useRef<HTMLInputElement>(null)
  const passphrase = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState(slots[0]?.id ?? "")
  const slot = slots.find(({ id }) => id === chosen)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const which = { path, acceptRollback: older.isAccepted }
    const isOpen = await task.run(() => unlock(which, slot, takeSecret(pin), takeSecret(passphrase)))
    if (isOpen) onUnlocked()
    else pin.current?.focus()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {slots.length > 1 && <WhichToken slots={slots} value={chosen} onChange={setChosen} />}
        {slots.length === 1 && slot !== undefined && <Text size="sm">The token {nameOf(slot)}</Text>}
        <SecretField label="PIN" description="a wrong one costs the token a try" input={pin} isFocused />
        {slot?.kind === "token+passphrase" && <SecretField label="Passphrase besides the token" input={passphrase} />}
        <OlderCopyChoice older={{ ...older, isFound: older.isFound || isOlder(task.failure) }} />
        <FailureNotice failure={task.failure} />
        <NextTry waitMs={waitMs} />
        <OtherWayButtons
          submit="Unlock"
          says="Asking the token"
          isRunning={task.isRunning}
          waitMs={waitMs}
          onBack={onBack}
        />
      </Stack>
    </form>
  )
}

interface WhichTokenProps {
  readonly slots: readonly KeyslotSummary[]
  /** The id of a slot. */
  readonly value: string
  readonly onChange: (id: string) => void
}

function WhichToken({ slots, value, onChange }: WhichTokenProps) {
  const there = useAnswer("token.list", {}).data?.tokens
  return (
    <Radio.Group label="Which token" value={value} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {slots.map((slot) => (
          <Radio
            key={slot.id}
            value={slot.id}
            label={nameOf(slot)}
            description={presenceOf(slot.token ?? "", there)}
            size="sm"
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function nameOf({ token = "", label, kind }: KeyslotSummary): string {
  const besides = kind === "token+passphrase" ? ", with a passphrase" : ""
  return `${tokenName(token)}${label === undefined ? "" : ` (${label})`}${besides}`
}

/** Nobody is asked for the PIN once more: it has a field here, which a reader with keys of its own leaves empty. */
async function unlock(
  which: Pick<RequestFor<"vault.unlock">, "path" | "acceptRollback">,
  slot: KeyslotSummary | undefined,
  pin: Uint8Array<ArrayBuffer>,
  passphrase: Uint8Array<ArrayBuffer>,
): Promise<AnswerTo<"vault.unlock">> {
  try {
    const token = {
      ...(slot?.token === undefined ? {} : { uri: slot.token }),
      ...(pin.length === 0 ? {} : { pin }),
      ...(passphrase.length === 0 ? {} : { passphrase }),
    }
    return answerOf<"vault.unlock">(await invoke("vault.unlock", { ...which, token }))
  } finally {
    pin.fill(0)
    passphrase.fill(0)
  }
}

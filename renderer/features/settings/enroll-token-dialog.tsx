import { Text } from "@mantine/core"
import { useRef, useState } from "react"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { ask } from "../../api/ask.ts"
import { isThere } from "../../api/token-uris.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { takeSecret } from "../../ui/secret-field.tsx"
import { TokenChoice } from "../key-actions/token-choice.tsx"

interface EnrollTokenDialogProps {
  readonly keyring: Keyring
  readonly onClose: () => void
}

/** A further token for a keyring. One that holds it already has to open it first: its PIN is asked for if need be. */
export function EnrollTokenDialog({ keyring: { name, tokens }, onClose }: EnrollTokenDialogProps) {
  const task = useTask()
  const pin = useRef<HTMLInputElement>(null)
  const [token, setToken] = useState<string | null>(null)
  const enroll = async () => {
    if (token === null) return
    const typed = takeSecret(pin)
    const isEnrolled = await task.run(async () => {
      try {
        await ask("keyring.enroll", { name, token, ...(typed.length === 0 ? {} : { pin: typed }) })
      } finally {
        typed.fill(0)
      }
    })
    if (isEnrolled) onClose()
  }
  return (
    <ActionDialog
      title={`Enrol a token: ${inert(name)}`}
      action="Enrol the token"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={token !== null}
      onAct={() => void enroll()}
      onClose={onClose}
    >
      <Text size="sm">
        A key is made in the token, which from then on opens this keyring as well. A token that holds it already has to
        be there for this. Keep the two apart, so that one is left when the other is lost.
      </Text>
      <TokenChoice
        value={token}
        pin={pin}
        without={(each) => tokens.some(({ uri }) => isThere(uri, [each]))}
        onChange={setToken}
      />
    </ActionDialog>
  )
}

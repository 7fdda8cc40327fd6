import { Alert, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { presenceOf, tokenName } from "../tokens/token-words.ts"
import { contentOf } from "./keyring-words.ts"

interface WithdrawTokenDialogProps {
  readonly keyring: Keyring
  readonly token: Keyring["tokens"][number]
  readonly onClose: () => void
}

/** A token holds the keyring no longer, which may be lost already. Says what is left, and wants the keyring's name typed. */
export function WithdrawTokenDialog({ keyring, token, onClose }: WithdrawTokenDialogProps) {
  const { name, tokens } = keyring
  const task = useTask()
  const there = useAnswer("token.list", {}).data?.tokens
  const [typed, setTyped] = useState("")
  const left = tokens
    .filter(({ id }) => id !== token.id)
    .map(({ uri }) => `${tokenName(uri)} ${presenceOf(uri, there)}`.trim())
  const withdraw = async () => {
    if (await task.run(() => ask("keyring.withdraw", { name, id: token.id, confirmed: true }))) onClose()
  }
  return (
    <ActionDialog
      title={`Withdraw ${tokenName(token.uri)}`}
      action="Withdraw the token"
      isDangerous
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={typed === name}
      onAct={() => void withdraw()}
      onClose={onClose}
    >
      <Alert color="red" variant="light">
        <Text size="sm">
          The token {tokenName(token.uri)} will no longer open the keyring {inert(name)} with {contentOf(keyring)} in
          it. What is left that opens it: {left.join(", ")}. Without that, nothing does.
        </Text>
      </Alert>
      <Text size="sm">
        Whoever has the token, its PIN and an older copy of the vault can still use what was in it. If it was lost,
        rotate the keyring afterwards.
      </Text>
      <TextInput
        label={`Type the keyring's name: ${inert(name)}`}
        required
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

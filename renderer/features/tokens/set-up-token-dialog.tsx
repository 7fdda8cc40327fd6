import { Alert, Text, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import type { Token } from "../../../preload/contract/token-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { NewPinFields, requireGoodPin } from "./new-pin-fields.tsx"
import { lossOf, titleOf } from "./token-words.ts"

interface SetUpTokenDialogProps {
  readonly token: Token
  readonly onClose: () => void
}

/** A name and both PINs. Whatever is in the token is erased, which it asks to be confirmed by the old name. */
export function SetUpTokenDialog({ token, onClose }: SetUpTokenDialogProps) {
  const task = useTask()
  const [label, setLabel] = useState("")
  const [typed, setTyped] = useState("")
  const fields = { so: useRef<HTMLInputElement>(null), soAgain: useRef<HTMLInputElement>(null) }
  const pins = { pin: useRef<HTMLInputElement>(null), pinAgain: useRef<HTMLInputElement>(null) }
  const isErasing = token.isInitialised
  const inside = useAnswer("token.list", {}).data?.ofVault.find((each) => each.token === token.uri)
  const setUp = async () => {
    if (!isErasing) requireGoodPin("SO PIN", fields.so, fields.soAgain, token)
    requireGoodPin("PIN", pins.pin, pins.pinAgain, token)
    const soPin = takeSecret(fields.so)
    const newPin = takeSecret(pins.pin)
    try {
      const made = await ask("token.init", { uri: token.uri, label: label.trim(), soPin, confirmed: true })
      await ask("token.init-pin", { uri: made.uri, soPin, newPin })
    } finally {
      soPin.fill(0)
      newPin.fill(0)
      for (const field of [fields.soAgain, pins.pinAgain]) takeSecret(field).fill(0)
    }
  }
  const act = async () => {
    if (await task.run(setUp)) onClose()
  }
  return (
    <ActionDialog
      title={isErasing ? `Erase ${titleOf(token)}` : "Set up a token"}
      action={isErasing ? "Erase and set up anew" : "Set it up"}
      isDangerous={isErasing}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={label.trim() !== "" && (!isErasing || typed === titleOf(token))}
      onAct={() => void act()}
      onClose={onClose}
    >
      {isErasing && (
        <Alert color="red" variant="light" p="sm">
          <Text size="sm">
            Every key and certificate in it is gone for good: no backup of the vault has them. {lossOf(inside)}
          </Text>
        </Alert>
      )}
      <TextInput
        label="Name of the token"
        description="at most 32 bytes"
        required
        data-autofocus
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      {isErasing ? (
        <SecretField label="SO PIN" description="the token's present one" input={fields.so} />
      ) : (
        <NewPinFields label="SO PIN" first={fields.so} again={fields.soAgain} token={token} />
      )}
      <NewPinFields label="PIN" first={pins.pin} again={pins.pinAgain} token={token} />
      <Text size="sm" c="dimmed">
        The PIN uses the keys. The SO PIN gives a new PIN when that is locked, and erases the token: keep it apart.
        Neither is kept in the vault.
      </Text>
      {isErasing && (
        <TextInput
          label={`Type the token's name: ${titleOf(token)}`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </ActionDialog>
  )
}

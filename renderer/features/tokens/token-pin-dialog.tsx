import { Select, Text } from "@mantine/core"
import { useRef, useState } from "react"
import type { Token } from "../../../preload/contract/token-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { NewPinFields, requireGoodPin } from "./new-pin-fields.tsx"
import { pinWords, titleOf } from "./token-words.ts"

interface TokenPinDialogProps {
  readonly token: Token
  /** The SO gives the user a PIN, also in place of one that is locked. */
  readonly isBySo: boolean
  readonly onClose: () => void
}

const whose = [
  { value: "user", label: "The PIN, which uses the keys" },
  { value: "so", label: "The SO PIN, which gives new PINs" },
]

export function TokenPinDialog({ token, isBySo, onClose }: TokenPinDialogProps) {
  const task = useTask()
  const [who, setWho] = useState<"user" | "so">("user")
  const present = useRef<HTMLInputElement>(null)
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const change = async () => {
    requireGoodPin("new PIN", first, again, token)
    const pin = takeSecret(present)
    const newPin = takeSecret(first)
    try {
      if (isBySo) await ask("token.init-pin", { uri: token.uri, soPin: pin, newPin })
      else await ask("token.change-pin", { uri: token.uri, who, pin, newPin })
    } finally {
      pin.fill(0)
      newPin.fill(0)
      takeSecret(again).fill(0)
    }
  }
  const act = async () => {
    if (await task.run(change)) onClose()
  }
  const isSo = isBySo || who === "so"
  const state = isSo ? token.soPin : token.userPin
  return (
    <ActionDialog
      title={isBySo ? `New PIN for ${titleOf(token)}` : `Change a PIN of ${titleOf(token)}`}
      action={isBySo ? "Give the new PIN" : "Change it"}
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void act()}
      onClose={onClose}
    >
      {!isBySo && (
        <Select label="Which" data={whose} value={who} onChange={(chosen) => setWho(chosen === "so" ? "so" : "user")} />
      )}
      <SecretField label={isSo ? "SO PIN" : "PIN"} description="the present one" input={present} isFocused />
      <Text size="sm" c="dimmed">
        {pinWords[state].shape} {pinWords[state].says}. A wrong one costs a try, and is never tried again by itself.
      </Text>
      <NewPinFields label="New PIN" first={first} again={again} token={token} />
    </ActionDialog>
  )
}

import { Checkbox, SegmentedControl, Text, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { takeSecret } from "../../ui/secret-field.tsx"
import { TokenChoice } from "./token-choice.tsx"

type Purpose = Keyring["purpose"]

interface NewKeyringDialogProps {
  /** What it has to be for, where that is known. */
  readonly purpose?: Purpose | undefined
  readonly onMade: (name: string) => void
  readonly onClose: () => void
}

const purposes: readonly { readonly value: Purpose; readonly label: string }[] = [
  { value: "general", label: "Keys" },
  { value: "wallet", label: "Seeds of wallets" },
]

export function NewKeyringDialog({ purpose, onMade, onClose }: NewKeyringDialogProps) {
  const task = useTask()
  const [name, setName] = useState("")
  const [picked, setPicked] = useState<Purpose>("general")
  const [isHeld, setHeld] = useState(false)
  const [token, setToken] = useState<string | null>(null)
  const pin = useRef<HTMLInputElement>(null)
  const create = () =>
    task.run(async () => {
      const typed = takeSecret(pin)
      try {
        const holder = isHeld && token !== null ? { token, ...(typed.length === 0 ? {} : { pin: typed }) } : {}
        onMade((await ask("keyring.create", { name: name.trim(), purpose: purpose ?? picked, ...holder })).name)
      } finally {
        typed.fill(0)
      }
    })
  return (
    <ActionDialog
      title="New keyring"
      action="Create keyring"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={name.trim() !== "" && (!isHeld || token !== null)}
      onAct={() => void create()}
      onClose={onClose}
    >
      <Text size="sm">
        A compartment of the vault with a key-encryption key of its own: production beside staging, one team beside
        another. It can be rotated without touching the others, and keys can be moved between them later.
      </Text>
      <TextInput
        label="Name of the keyring"
        required
        data-autofocus
        placeholder="production"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {purpose === undefined && (
        <SegmentedControl
          aria-label="What it is for"
          data={purposes.map(({ value, label }) => ({ value, label }))}
          value={picked}
          onChange={(value) => setPicked(value === "wallet" ? "wallet" : "general")}
        />
      )}
      <Checkbox
        label="Held by a token"
        description="its keys can't be used while the token is away"
        checked={isHeld}
        onChange={(event) => setHeld(event.currentTarget.checked)}
      />
      {isHeld && <TokenChoice value={token} pin={pin} onChange={setToken} />}
    </ActionDialog>
  )
}

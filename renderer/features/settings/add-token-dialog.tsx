import { Checkbox, Text } from "@mantine/core"
import { useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"
import { TokenChoice } from "../key-actions/token-choice.tsx"

/** One more way into the vault: a key that is made in a token for it, and never leaves. */
export function AddTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const task = useTask()
  const pin = useRef<HTMLInputElement>(null)
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [token, setToken] = useState<string | null>(null)
  const [wantsBoth, setWantsBoth] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const add = async () => {
    const isSame = !wantsBoth || isSameSecret(first, again)
    setProblem(isSame ? null : "The two are not the same.")
    if (!isSame || token === null) return
    const secrets = { pin: takeSecret(pin), newPassphrase: takeSecret(first), again: takeSecret(again) }
    const isAdded = await task.run(async () => {
      try {
        await ask("vault.slot.add", {
          token,
          ...(secrets.pin.length === 0 ? {} : { pin: secrets.pin }),
          ...(wantsBoth ? { newPassphrase: secrets.newPassphrase } : {}),
        })
      } finally {
        for (const secret of Object.values(secrets)) secret.fill(0)
      }
    })
    if (isAdded) onClose()
  }
  return (
    <ActionDialog
      title="Add a token"
      action="Add the token"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={token !== null}
      onAct={() => void add()}
      onClose={onClose}
    >
      <Text size="sm">
        A key is made in the token, and opens the vault from now on: with the PIN of the token, in place of the
        passphrase. Add a second token, for when one is lost.
      </Text>
      <TokenChoice value={token} pin={pin} onChange={setToken} />
      <Checkbox
        label="A passphrase is needed besides the token"
        checked={wantsBoth}
        onChange={(event) => setWantsBoth(event.currentTarget.checked)}
      />
      {wantsBoth && <NewPassphrase first={first} again={again} error={problem} label="Passphrase besides the token" />}
    </ActionDialog>
  )
}

import { Modal, Radio, Stack, Text } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { useShield } from "../../api/use-shield.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { type CardSource, SecretCards } from "../../ui/secret-cards.tsx"
import { recoveryCards } from "../welcome/recovery-cards.ts"

const schemes = [
  { value: "2", label: "2 of 3 cards", scheme: { threshold: 2, count: 3 } },
  { value: "3", label: "3 of 5 cards", scheme: { threshold: 3, count: 5 } },
] as const

interface AddRecoveryDialogProps {
  /** What the vault is called. */
  readonly name: string
  readonly onClose: () => void
}

/** One more way into the vault: cards for several people, for when the passphrase is forgotten. */
export function AddRecoveryDialog({ name, onClose }: AddRecoveryDialogProps) {
  const task = useTask()
  const [chosen, setChosen] = useState<string>("2")
  const [cards, setCards] = useState<CardSource | null>(null)
  // Whoever closes the dialog before main answers gets no cards.
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  const { scheme } = schemes.find(({ value }) => value === chosen) ?? schemes[0]
  const add = () =>
    task.run(async () => {
      const { recoveryShares } = await ask("vault.slot.add", { recovery: scheme })
      const made = recoveryCards(recoveryShares ?? [], name, scheme.threshold)
      if (isGone.current) made.wipe()
      else setCards(made)
    })
  if (cards !== null) return <Cards cards={cards} onClose={onClose} />
  return (
    <ActionDialog
      title="Add recovery cards"
      action="Make the cards"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void add()}
      onClose={onClose}
    >
      <Text size="sm">
        Together they open the vault without its passphrase, and set a new one. Cards that were made before keep opening
        it, too.
      </Text>
      <Radio.Group label="How many it takes" value={chosen} onChange={setChosen}>
        <Stack gap={6} mt={6}>
          {schemes.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} size="sm" />
          ))}
        </Stack>
      </Radio.Group>
    </ActionDialog>
  )
}

function Cards({ cards, onClose }: { readonly cards: CardSource; readonly onClose: () => void }) {
  useShield()
  useEffect(() => () => cards.wipe(), [cards])
  return (
    <Modal opened onClose={onClose} title="Recovery cards" size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      <SecretCards cards={cards} onDone={onClose} done="All are written down" />
    </Modal>
  )
}

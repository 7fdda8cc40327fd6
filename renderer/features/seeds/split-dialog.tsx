import { Modal, Text } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import type { SeedObject, SharePlan } from "../../../preload/contract/seed.ts"
import { ask } from "../../api/ask.ts"
import { useShield } from "../../api/use-shield.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { type CardSource, SecretCards } from "../../ui/secret-cards.tsx"
import { cardsOf } from "./seed-shares.ts"
import { problemOf, SharePlanFields } from "./share-plan-fields.tsx"

const usualPlan: SharePlan = { groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] }

/** A seed on several papers (SLIP-39): the shares are here until the dialog closes, and nowhere afterwards. */
export function SplitDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const task = useTask()
  const [plan, setPlan] = useState(usualPlan)
  const [cards, setCards] = useState<CardSource | null>(null)
  // Whoever closes the dialog before main answers gets no shares.
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  const split = () =>
    task.run(async () => {
      const made = cardsOf(await ask("seed.split", { name: seed.name, plan, confirmed: true }), plan)
      if (isGone.current) made.wipe()
      else setCards(made)
    })
  if (cards !== null) return <Cards name={seed.name} cards={cards} onClose={onClose} />
  return (
    <ActionDialog
      title={`Split ${seed.name} into cards`}
      action="Make the cards"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={problemOf(plan) === null}
      onAct={() => void split()}
      onClose={onClose}
    >
      <Text size="sm">
        Each card holds 20 or 33 words for one custodian. Every split makes a set of its own: cards of two sets do not
        mix, and the seed in the vault stays as it is.
      </Text>
      <SharePlanFields plan={plan} onChange={setPlan} />
    </ActionDialog>
  )
}

interface CardsProps {
  readonly name: string
  readonly cards: CardSource
  readonly onClose: () => void
}

function Cards({ name, cards, onClose }: CardsProps) {
  useShield()
  useEffect(() => () => cards.wipe(), [cards])
  return (
    <Modal opened onClose={onClose} title={`Cards of ${name}`} size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      <SecretCards cards={cards} onDone={onClose} done="All are written down" />
    </Modal>
  )
}

import { useState } from "react"
import type { AnswerTo } from "../../api/ask.ts"
import type { CardSource } from "../../ui/secret-cards.tsx"
import { CreateVaultForm } from "./create-vault-form.tsx"
import { PassphraseCheck } from "./passphrase-check.tsx"
import { recoveryCards } from "./recovery-cards.ts"
import { RecoveryShares } from "./recovery-shares.tsx"

type Created = AnswerTo<"vault.create">

interface CreateVaultScreenProps {
  readonly suggestedPath: string
  readonly onOpened: (path: string) => void
  readonly onBack: () => void
}

/** Three steps: what and where; the recovery shares, if any; and the passphrase typed once more, which opens it. */
export function CreateVaultScreen({ suggestedPath, onOpened, onBack }: CreateVaultScreenProps) {
  const [created, setCreated] = useState<Omit<Created, "recoveryShares"> | null>(null)
  const [cards, setCards] = useState<CardSource | null>(null)
  if (created === null) {
    return (
      <CreateVaultForm
        suggestedPath={suggestedPath}
        onBack={onBack}
        onCreated={({ recoveryShares, ...rest }, { threshold, label }) => {
          setCreated(rest)
          if (recoveryShares !== undefined) setCards(recoveryCards(recoveryShares, label, threshold))
        }}
      />
    )
  }
  if (cards !== null) return <RecoveryShares cards={cards} onDone={() => setCards(null)} />
  return <PassphraseCheck created={created} onOpened={() => onOpened(created.path)} />
}

import { useState } from "react"
import type { AnswerTo } from "../../api/ask.ts"
import { CreateVaultForm } from "./create-vault-form.tsx"
import { PassphraseCheck } from "./passphrase-check.tsx"
import { RecoveryShares } from "./recovery-shares.tsx"
import { handOut, type ShareSource } from "./share-source.ts"

type Created = AnswerTo<"vault.create">

interface CreateVaultScreenProps {
  readonly suggestedPath: string
  readonly onOpened: (path: string) => void
  readonly onBack: () => void
}

/** Three steps: what and where; the recovery shares, if any; and the passphrase typed once more, which opens it. */
export function CreateVaultScreen({ suggestedPath, onOpened, onBack }: CreateVaultScreenProps) {
  const [created, setCreated] = useState<Omit<Created, "recoveryShares"> | null>(null)
  const [shares, setShares] = useState<ShareSource | null>(null)
  if (created === null) {
    return (
      <CreateVaultForm
        suggestedPath={suggestedPath}
        onBack={onBack}
        onCreated={({ recoveryShares, ...rest }) => {
          setCreated(rest)
          if (recoveryShares !== undefined) setShares({ take: handOut(recoveryShares), count: recoveryShares.length })
        }}
      />
    )
  }
  if (shares !== null) return <RecoveryShares shares={shares} onDone={() => setShares(null)} />
  return <PassphraseCheck path={created.path} unlockMs={created.unlockMs} onOpened={() => onOpened(created.path)} />
}

import { Text } from "@mantine/core"
import { useState } from "react"
import { useAnnouncement } from "../../api/use-announcement.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useAskAgain } from "../../api/use-ask-again.ts"
import { AlertOverAll } from "../../ui/alert-over-all.tsx"
import { inert } from "../../ui/inert.ts"

interface AlertProps {
  readonly onVerify: () => void
}

/**
 * Over every screen, until somebody has seen it: keys that are not as the log left them. Asked of the log, because a small
 * vault was checked before there was a screen.
 */
export function EditedKeysAlert({ onVerify }: AlertProps) {
  const askAgain = useAskAgain()
  useAnnouncement("edited-keys", () => askAgain("audit.list"))
  const unlocks = useAnswer("audit.list", { action: "vault.unlock", limit: 1, newest: true })
  const [unlocked] = unlocks.data?.rows ?? []
  return unlocked === undefined ? null : <FoundSince since={unlocked.at} onVerify={onVerify} />
}

function FoundSince({ since, onVerify }: AlertProps & { readonly since: string }) {
  const [seen, setSeen] = useState<number | null>(null)
  const finds = useAnswer("audit.list", { action: "inventory.edited", since, limit: 1, newest: true })
  const [found] = finds.data?.rows ?? []
  if (found === undefined || found.seq === seen) return null
  const { keys, names } = found.detail
  return (
    <AlertOverAll
      title={keys === 1 ? "A key is not as the log left it" : `${String(keys)} keys are not as the log left them`}
      action="Verify vault"
      onAct={onVerify}
      onDismiss={() => setSeen(found.seq)}
    >
      <Text size="sm" c="var(--mantine-color-text)" className="breaks">
        {namesOf(names, keys)}. Somebody may have edited the vault. Such a key is refused wherever it is used.
      </Text>
    </AlertOverAll>
  )
}

/** The first of them, as the row has them, and how many there are besides. */
function namesOf(names: unknown, keys: unknown): string {
  const first = Array.isArray(names) ? names.map((name) => inert(String(name))) : []
  const others = Number(keys) - first.length
  return `${first.join(", ")}${others > 0 ? ` and ${others} more` : ""}`
}

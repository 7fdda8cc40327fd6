import { Button, Group, Notification, Text } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useAnnouncement } from "../../api/use-announcement.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { inert } from "../../ui/inert.ts"

interface AlertProps {
  readonly onVerify: () => void
}

/**
 * Over every screen, until somebody has seen it: keys that are not as the log left them. Asked of the log, because a small
 * vault was checked before there was a screen.
 */
export function EditedKeysAlert({ onVerify }: AlertProps) {
  const queries = useQueryClient()
  useAnnouncement("edited-keys", () => void queries.invalidateQueries({ queryKey: ["audit.list"] }))
  const unlocks = useAnswer("audit.list", { action: "vault.unlock", limit: 1, newest: true })
  const [unlocked] = unlocks.data?.rows ?? []
  return unlocked === undefined ? null : <FoundSince since={unlocked.at} onVerify={onVerify} />
}

function FoundSince({ since, onVerify }: AlertProps & { readonly since: string }) {
  const [seen, setSeen] = useState<number | null>(null)
  const finds = useAnswer("audit.list", { action: "inventory.edited", since, limit: 1, newest: true })
  const [found] = finds.data?.rows ?? []
  if (found === undefined || found.seq === seen) return null
  const close = () => setSeen(found.seq)
  const verify = () => {
    close()
    onVerify()
  }
  const { keys, names } = found.detail
  return (
    <Notification
      color="red"
      title={keys === 1 ? "A key is not as the log left it" : `${String(keys)} keys are not as the log left them`}
      role="alert"
      withCloseButton={false}
    >
      <Text size="sm" c="var(--mantine-color-text)" className="breaks">
        {namesOf(names, keys)}. Somebody may have edited the vault. Such a key is refused wherever it is used.
      </Text>
      <Group gap={6} mt="xs">
        <Button size="xs" onClick={verify}>
          Verify vault
        </Button>
        <Button size="xs" variant="default" onClick={close}>
          Dismiss
        </Button>
      </Group>
    </Notification>
  )
}

/** The first of them, as the row has them, and how many there are besides. */
function namesOf(names: unknown, keys: unknown): string {
  const first = Array.isArray(names) ? names.map((name) => inert(String(name))) : []
  const others = Number(keys) - first.length
  return `${first.join(", ")}${others > 0 ? ` and ${others} more` : ""}`
}

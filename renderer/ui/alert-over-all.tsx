import { Button, Group, Notification } from "@mantine/core"
import type { ReactNode } from "react"

interface AlertOverAllProps {
  readonly title: string
  readonly children: ReactNode
  /** What the button says that does something about it. */
  readonly action: string
  /** It is dismissed then too. */
  readonly onAct: () => void
  readonly onDismiss: () => void
}

/** What a person must know whatever is on the screen: it stays until they have acted on it or sent it away. */
export function AlertOverAll({ title, children, action, onAct, onDismiss }: AlertOverAllProps) {
  const act = () => {
    onDismiss()
    onAct()
  }
  return (
    <Notification color="red" title={title} role="alert" withCloseButton={false}>
      {children}
      <Group gap={6} mt="xs">
        <Button size="xs" onClick={act}>
          {action}
        </Button>
        <Button size="xs" variant="default" onClick={onDismiss}>
          Dismiss
        </Button>
      </Group>
    </Notification>
  )
}

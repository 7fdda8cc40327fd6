import { Stack, Text, Title } from "@mantine/core"
import type { ReactNode } from "react"

interface EmptyStateProps {
  readonly icon: ReactNode
  readonly title: string
  /** What this is, and why one would. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** An empty screen teaches: what this is, why one would, one button. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" justify="center" gap="sm" flex={1} p="xl" ta="center">
      <div className="empty-icon" aria-hidden>
        {icon}
      </div>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed" maw={460}>
        {children}
      </Text>
      {action}
    </Stack>
  )
}

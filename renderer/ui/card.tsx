import { Paper, Stack, Text, Title } from "@mantine/core"
import type { ReactNode } from "react"

interface CardProps {
  readonly title: string
  readonly says?: string
  readonly children: ReactNode
}

export function Card({ title, says, children }: CardProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h5">
            {title}
          </Title>
          {says !== undefined && (
            <Text size="sm" c="dimmed">
              {says}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  )
}

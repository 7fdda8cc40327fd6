import { Group, Paper, Stack, Text, Title } from "@mantine/core"
import { createContext, type ReactNode, use } from "react"
import logo from "./logo.svg"

interface FrontPageProps {
  readonly title: string
  readonly subtitle?: ReactNode
  readonly children: ReactNode
  readonly width?: number
}

/** What is said below every such card. */
export const FrontNote = createContext<string | null>(null)

/** One card in the middle of the window: everything before a vault is open. */
export function FrontPage({ title, subtitle, children, width = 500 }: FrontPageProps) {
  const note = use(FrontNote)
  return (
    <main className="front-page">
      <Paper withBorder shadow="sm" p="xl" radius="lg" w={width} maw="100%">
        <Stack gap="lg">
          <Group gap="md" wrap="nowrap" align="flex-start">
            <img src={logo} alt="" width={44} height={44} />
            <div className="grows">
              <Title order={1} size="h3" lh={1.2}>
                {title}
              </Title>
              {subtitle !== undefined && (
                <Text c="dimmed" size="sm" mt={4}>
                  {subtitle}
                </Text>
              )}
            </div>
          </Group>
          {children}
          {note !== null && (
            <Text c="dimmed" size="xs" role="note">
              {note}
            </Text>
          )}
        </Stack>
      </Paper>
    </main>
  )
}

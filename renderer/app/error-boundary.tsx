import { Button, Stack, Text, Title } from "@mantine/core"
import { Component, type ReactNode } from "react"
import { ask } from "../api/ask.ts"

interface Props {
  readonly children: ReactNode
}

/** A bug in the page: the vault is locked, which also starts the page over. Its message may repeat what was typed: not shown. */
export class ErrorBoundary extends Component<Props, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    return (
      <Stack align="center" justify="center" h="100vh" role="alert">
        <Title order={1} size="h3">
          The window has a bug
        </Title>
        <Text c="dimmed">Your vault is not affected. Start the window over to go on.</Text>
        <Button onClick={() => void ask("vault.lock", {})}>Lock and start over</Button>
      </Stack>
    )
  }
}

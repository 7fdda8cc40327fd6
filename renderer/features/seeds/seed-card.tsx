import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { AddressesDialog } from "./addresses-dialog.tsx"
import { CheckCopyDialog } from "./check-copy-dialog.tsx"
import { RevealDialog } from "./reveal-dialog.tsx"

type Action = "reveal" | "check" | "addresses"

export function SeedCard({ seed }: { readonly seed: SeedObject }) {
  const [action, setAction] = useState<Action | null>(null)
  const close = () => setAction(null)
  const { name, fingerprint, words } = seed
  return (
    <Paper withBorder p="md" component="article" aria-label={name}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h5" className="breaks">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {words === undefined ? "no words" : `${words} words`}, master fingerprint <code>{fingerprint}</code>
          </Text>
        </div>
        <Group gap={6}>
          <Button size="xs" variant="default" onClick={() => setAction("check")}>
            Check a written copy…
          </Button>
          <Button size="xs" variant="default" onClick={() => setAction("addresses")}>
            Addresses…
          </Button>
          <Button size="xs" variant="default" onClick={() => setAction("reveal")}>
            Reveal…
          </Button>
        </Group>
      </Stack>
      {action === "reveal" && <RevealDialog seed={seed} onClose={close} />}
      {action === "check" && <CheckCopyDialog seed={seed} onClose={close} />}
      {action === "addresses" && <AddressesDialog seed={seed} onClose={close} />}
    </Paper>
  )
}

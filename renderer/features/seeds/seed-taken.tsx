import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { inWindow } from "../../api/words-of-window.ts"

/** A seed that came in, and what to know of it: that it is here twice, or reads as another wallet. */
export function SeedTaken({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const { name, fingerprint, warnings = [] } = seed
  return (
    <Modal opened onClose={onClose} title={`${name} is in the vault`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        <Text size="sm">
          Its master fingerprint is{" "}
          <Text span ff="monospace">
            {fingerprint}
          </Text>
          .
        </Text>
        {warnings.map((warning) => (
          <Alert key={warning} color="yellow" variant="light" role="status">
            <Text size="sm">{sentence(inWindow(warning))}</Text>
          </Alert>
        ))}
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

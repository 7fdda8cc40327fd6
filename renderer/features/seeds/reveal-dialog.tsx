import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import { type FormEvent, useRef } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { ask } from "../../api/ask.ts"
import { useRevealed } from "../../api/use-revealed.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { RevealByHolding } from "../../ui/reveal-by-holding.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"

/** Asks for the passphrase again; then the words are there while a button is held, for 30 seconds, and as long as the window has the focus. */
export function RevealDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const task = useTask()
  const passphrase = useRef<HTMLInputElement>(null)
  const words = useRevealed()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const bytes = takeSecret(passphrase)
    void task.run(async () => {
      try {
        const { revealed } = await ask("seed.reveal", { name: seed.name, passphrase: bytes, confirmed: true })
        words.take(revealed)
      } finally {
        bytes.fill(0)
      }
    })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Reveal ${seed.name}`}
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {words.isThere ? (
        <RevealByHolding read={words.read} label={`Words of ${seed.name}`} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">
              Whoever sees the words has the wallet. Look around first: people, cameras, shared screens. The log notes
              that they were shown.
            </Text>
            <SecretField label="Passphrase of this vault" input={passphrase} isFocused />
            <FailureNotice failure={task.failure} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" disabled={task.isRunning}>
                Continue
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}

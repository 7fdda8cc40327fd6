import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import { type FormEvent, useEffect, useRef, useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { RevealByHolding } from "../../ui/reveal-by-holding.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"

const shownForMs = 30_000

/** Asks for the passphrase again; then the words are there while a button is held, for 30 seconds, and as long as the window has the focus. */
export function RevealDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const task = useTask()
  const passphrase = useRef<HTMLInputElement>(null)
  const words = useRef<Uint8Array | null>(null)
  const [isRead, setRead] = useState(false)
  const drop = () => {
    words.current?.fill(0)
    words.current = null
    setRead(false)
  }
  useRevealing(isRead, drop)
  // Whoever closes the dialog before main answers gets no words.
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const bytes = takeSecret(passphrase)
    void task.run(async () => {
      try {
        const { revealed } = await ask("seed.reveal", { name: seed.name, passphrase: bytes, confirmed: true })
        if (isGone.current) {
          revealed.fill(0)
          return
        }
        words.current = revealed
        setRead(true)
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
      {isRead ? (
        <RevealByHolding read={() => words.current} label={`Words of ${seed.name}`} />
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

/** While a secret can be shown: no screen capture; after 30 seconds, or when the window loses the focus, it is gone. */
function useRevealing(isRevealing: boolean, end: () => void): void {
  const latest = useRef(end)
  latest.current = end
  useEffect(() => {
    if (!isRevealing) return undefined
    const stop = () => latest.current()
    void ask("window.shield", { isOn: true })
    const timer = setTimeout(stop, shownForMs)
    window.addEventListener("blur", stop)
    return () => {
      clearTimeout(timer)
      window.removeEventListener("blur", stop)
      latest.current()
      void ask("window.shield", { isOn: false })
    }
  }, [isRevealing])
}

import { Button, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { SecretText } from "./secret-text.tsx"

interface RevealByHoldingProps {
  readonly read: () => Uint8Array | null
  readonly label: string
  /** When it is gone. */
  readonly says?: string
}

const usually = "Gone after 30 seconds, and when the window is left."

/** A secret that is in the page only while a button, or its key, is held down. */
export function RevealByHolding({ read, label, says = usually }: RevealByHoldingProps) {
  const [isHeld, setHeld] = useState(false)
  const hold = () => setHeld(true)
  const release = () => setHeld(false)
  return (
    <Stack>
      {isHeld ? (
        <SecretText read={read} label={label} />
      ) : (
        <div className="secret-text is-hidden" aria-hidden>
          ••••• ••••• ••••• ••••• ••••• •••••
        </div>
      )}
      <Button
        size="md"
        data-autofocus
        onPointerDown={(event) => {
          // What appears may push the button away from under the pointer: it is held all the same.
          event.currentTarget.setPointerCapture(event.pointerId)
          hold()
        }}
        onPointerUp={release}
        onLostPointerCapture={release}
        onPointerCancel={release}
        onKeyDown={(event) => {
          if (event.key === " " || event.key === "Enter") hold()
        }}
        onKeyUp={release}
        onBlur={release}
        onContextMenu={(event) => event.preventDefault()}
      >
        Hold to show
      </Button>
      <Text size="xs" c="dimmed" ta="center">
        {says}
      </Text>
    </Stack>
  )
}

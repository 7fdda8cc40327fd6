import { Button, Group } from "@mantine/core"
import { Working } from "../../ui/working.tsx"

interface OtherWayButtonsProps {
  readonly submit: string
  /** What is being done, while it is. */
  readonly says: string
  readonly isRunning: boolean
  /** Until the next try; 0: it may be tried. */
  readonly waitMs: number
  readonly onBack: () => void
}

/** Below what opens a vault without its passphrase: back to that, or on. */
export function OtherWayButtons({ submit, says, isRunning, waitMs, onBack }: OtherWayButtonsProps) {
  return (
    <Group justify="space-between">
      <Button variant="subtle" color="gray" onClick={onBack} disabled={isRunning}>
        With the passphrase
      </Button>
      <Group>
        {isRunning && <Working says={says} />}
        <Button type="submit" disabled={isRunning || waitMs > 0}>
          {submit}
        </Button>
      </Group>
    </Group>
  )
}

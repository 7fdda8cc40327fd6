import { Button } from "@mantine/core"
import { useLongWork } from "./long-work.ts"

interface CancelButtonProps {
  readonly isRunning: boolean
  /** Whether its work can be ended early: what else goes on meanwhile is not ended for it. */
  readonly isLong: boolean
  readonly onClose: () => void
}

/** Closes a dialog; while its work goes on it ends that, where it can be ended. */
export function CancelButton({ isRunning, isLong, onClose }: CancelButtonProps) {
  const going = useLongWork()
  const longWork = isLong ? going : null
  return (
    <Button
      variant="default"
      onClick={() => (isRunning ? longWork?.cancel() : onClose())}
      disabled={isRunning && (longWork === null || longWork.isCancelled)}
    >
      Cancel
    </Button>
  )
}

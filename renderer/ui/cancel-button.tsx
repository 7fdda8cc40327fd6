import { Button } from "@mantine/core"
import { useLongWork } from "./long-work.ts"

interface CancelButtonProps {
  readonly isRunning: boolean
  readonly onClose: () => void
}

/** Closes a dialog; while its work goes on it ends that, where it can be ended. */
export function CancelButton({ isRunning, onClose }: CancelButtonProps) {
  const longWork = useLongWork()
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

import { Button } from "@mantine/core"
import { useLongWork } from "./long-work.ts"

interface CancelButtonProps {
  readonly isRunning: boolean
  /** Which operation can be ended early, where one can. */
  readonly long: string | undefined
  readonly onClose: () => void
}

/** Closes a dialog; while its work goes on it ends that, where it can be ended. */
export function CancelButton({ isRunning, long, onClose }: CancelButtonProps) {
  const longWork = useLongWork(long)
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

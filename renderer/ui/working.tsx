import { Button, Group, Loader, Progress, Text } from "@mantine/core"
import { useEffect, useState } from "react"
import { type LongWork, useLongWork } from "./long-work.ts"

interface WorkingProps {
  readonly says: string
  /** Which operation tells how far it is, where one does. */
  readonly long?: string | undefined
  /** Whether something else on the screen cancels it. */
  readonly isCancelledElsewhere?: boolean
}

/** What is being done, and for how long already; of work that takes its time, how far it is, the time left and Cancel. */
export function Working({ says, long, isCancelledElsewhere = false }: WorkingProps) {
  const longWork = useLongWork(long)
  const [tenths, setTenths] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTenths((before) => before + 1), 100)
    return () => clearInterval(timer)
  }, [])
  return (
    <Group gap={8}>
      <Group gap={8} role="status">
        <Loader size="xs" />
        <Text size="sm" c="dimmed">
          {says}… {longWork === null ? `${(tenths / 10).toFixed(1)} s` : howFar(longWork, tenths)}
        </Text>
      </Group>
      {longWork !== null && (
        <>
          {longWork.share !== null && <Progress w={120} value={longWork.share * 100} aria-label="Progress" />}
          {!isCancelledElsewhere && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={longWork.isCancelled}
              onClick={() => longWork.cancel()}
            >
              Cancel
            </Button>
          )}
        </>
      )}
    </Group>
  )
}

function howFar({ share, secondsLeft, isCancelled }: LongWork, tenths: number): string {
  if (isCancelled) return "cancelling"
  if (share === null) return `${(tenths / 10).toFixed(1)} s`
  const left = secondsLeft === null ? "" : `, about ${secondsLeft} s left`
  return `${Math.floor(share * 100)} %${left}`
}

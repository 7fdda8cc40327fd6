import { Alert, Text } from "@mantine/core"
import { useEffect, useRef } from "react"

interface FailureNoticeProps {
  readonly failure: Error | null
}

/** What happened, what it means and what to do, where it happened. */
export function FailureNotice({ failure }: FailureNoticeProps) {
  const notice = useRef<HTMLDivElement>(null)
  // In a small window a dialog's end is below the fold, and with it why nothing happened.
  useEffect(() => {
    if (failure !== null) notice.current?.scrollIntoView({ block: "nearest" })
  }, [failure])
  if (failure === null) return null
  const hint = "hint" in failure ? String(failure.hint) : null
  const isCancelled = "isCancelled" in failure && failure.isCancelled === true
  const detail = "detail" in failure && failure.detail !== null ? String(failure.detail) : null
  return (
    <Alert
      ref={notice}
      color={isCancelled ? "gray" : "red"}
      variant="light"
      title={failure.message}
      role={isCancelled ? "status" : "alert"}
    >
      {detail !== null && <Text size="sm">{detail}</Text>}
      {hint !== null && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
    </Alert>
  )
}

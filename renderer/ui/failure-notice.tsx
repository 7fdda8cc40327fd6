import { Alert, Text } from "@mantine/core"

interface FailureNoticeProps {
  readonly failure: Error | null
}

/** What happened, what it means and what to do, where it happened. */
export function FailureNotice({ failure }: FailureNoticeProps) {
  if (failure === null) return null
  const hint = "hint" in failure ? String(failure.hint) : null
  const detail = "detail" in failure && failure.detail !== null ? String(failure.detail) : null
  return (
    <Alert color="red" variant="light" title={failure.message} role="alert">
      {detail !== null && <Text size="sm">{detail}</Text>}
      {hint !== null && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
    </Alert>
  )
}

import { Stack, Text } from "@mantine/core"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { asDateAndTime } from "../../ui/time.ts"

/** What the log says of this key, the newest first. */
export function HistoryTab({ name }: { readonly name: string }) {
  const { data, error } = useAnswer("audit.list", { key: name, newest: true, limit: 50 })
  return (
    <Stack gap="xs">
      <FailureNotice failure={error} />
      {data?.rows.map(({ seq, action, actor, at, outcome }) => (
        <div key={seq}>
          <Text size="sm" fw={500}>
            {action}
            {outcome === "done" ? "" : ` (${outcome})`}
          </Text>
          <Text size="xs" c="dimmed">
            {asDateAndTime(at)}, {actor}
          </Text>
        </div>
      ))}
    </Stack>
  )
}

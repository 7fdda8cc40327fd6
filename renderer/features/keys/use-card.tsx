import { Button, Group, Stack, Title } from "@mantine/core"
import type { FormEvent, ReactNode } from "react"
import type { LongOperation } from "../../../preload/contract/announcements.ts"
import type { Task } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { useLongWork } from "../../ui/long-work.ts"
import { Working } from "../../ui/working.tsx"

interface UseCardProps {
  readonly title: string
  readonly action: string
  readonly task: Task
  /** What it may be when the file is large. */
  readonly long?: LongOperation
  readonly onAct: () => void
  /** Beside the action. */
  readonly more?: ReactNode
  readonly children?: ReactNode
  /** What came of it. */
  readonly result?: ReactNode
}

/** One thing that a key does, with what came of it in place. */
export function UseCard({ title, action, task, long, onAct, more, children, result }: UseCardProps) {
  // Whoever looked at another key meanwhile finds it here again.
  const longWork = useLongWork(long)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAct()
  }
  return (
    <form className="use-card" aria-label={title} onSubmit={submit}>
      <Stack gap="xs">
        <Title order={3} size="h6">
          {title}
        </Title>
        {children}
        <Group gap={6}>
          <Button type="submit" size="xs" disabled={task.isRunning}>
            {action}
          </Button>
          {more}
          {(task.isRunning || longWork !== null) && (
            <Working says={task.isRunning ? "Working" : "A file is being worked on"} long={long} />
          )}
        </Group>
        <FailureNotice failure={task.failure} />
        {result}
      </Stack>
    </form>
  )
}

import { Alert, Button, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { nameOf } from "../../ui/path-parts.ts"

/** The files that keys came from: each can be shredded, which is worth what the disk makes of it. */
export function Original() {
  const task = useTask()
  const [gone, setGone] = useState<readonly string[]>([])
  const shred = () =>
    task.run(async () => {
      const { path } = await ask("window.shred", {})
      if (path !== null) setGone([...gone, path])
    })
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        The original still lies where it came from, and whoever reads it there has the key. Shredding overwrites and
        removes it. An SSD, a snapshot, a synchronised folder or a backup may keep an older copy all the same.
      </Text>
      {gone.map((path) => (
        <Alert key={path} color="claviger" variant="light" p="xs" role="status">
          <Text size="sm">
            {nameOf(path)} was overwritten and removed. If others could read that disk, rotate the key all the same.
          </Text>
        </Alert>
      ))}
      <FailureNotice failure={task.failure} />
      <Button variant="default" size="xs" w="fit-content" disabled={task.isRunning} onClick={() => void shred()}>
        Shred an original…
      </Button>
    </Stack>
  )
}

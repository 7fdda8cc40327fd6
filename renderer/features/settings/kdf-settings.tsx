import { Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Working } from "../../ui/working.tsx"

/** What a guess at the passphrase costs: measured on this machine, as when the vault was made. */
export function KdfSettings() {
  const task = useTask()
  const [made, setMade] = useState<AnswerTo<"vault.kdf"> | null>(null)
  return (
    <Card
      title="Cost of guessing"
      says="Argon2id, as strong as this machine does in half a second. On a faster machine than the one the vault was made on, it can be made stronger."
    >
      <FailureNotice failure={task.failure} />
      <Group justify="flex-end">
        {made !== null && (
          <Text size="sm" c="dimmed" role="status">
            {inWords(made)}
          </Text>
        )}
        {task.isRunning && <Working says="Measuring" />}
        <Button
          variant="default"
          disabled={task.isRunning}
          onClick={() => void task.run(async () => setMade(await ask("vault.kdf", { kdf: "auto" })))}
        >
          Measure again
        </Button>
      </Group>
    </Card>
  )
}

function inWords({ kdf, unlockMs }: AnswerTo<"vault.kdf">): string {
  return `${Math.round(kdf.memoryKiB / 1024)} MiB, ${kdf.passes} passes: opening takes ${Math.round(unlockMs)} ms on this machine.`
}

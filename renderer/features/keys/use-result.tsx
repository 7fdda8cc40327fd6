import { Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { CopyButton } from "../../ui/copy-button.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"

interface UseResultProps {
  readonly label: string
  /** What it looks like, and is copied as. */
  readonly text: string
  /** What is written to a file, and its name. */
  readonly content: () => Uint8Array<ArrayBuffer>
  readonly fileName: string
}

/** What a key made that is no secret: shown, copied, saved. */
export function UseResult({ label, text, content, fileName }: UseResultProps) {
  return (
    <div role="status" className="use-result">
      <Group gap={4} justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <CopyButton label={`Copy: ${label}`} onCopy={() => ask("window.copy", { text })} />
      </Group>
      <code className="print use-text">{text}</code>
      <SaveButton content={content} fileName={fileName} />
    </div>
  )
}

interface SaveButtonProps extends Pick<UseResultProps, "content" | "fileName"> {
  readonly label?: string
}

export function SaveButton({ content, fileName, label = "Save to a file…" }: SaveButtonProps) {
  const task = useTask()
  const [saved, setSaved] = useState<string | null>(null)
  const save = () =>
    task.run(async () => {
      const bytes = content()
      try {
        const { path } = await ask("window.save", { suggestedName: fileName, content: bytes })
        setSaved(path)
      } finally {
        bytes.fill(0)
      }
    })
  return (
    <>
      <Group gap={8} mt={6}>
        <Button size="compact-sm" variant="default" disabled={task.isRunning} onClick={() => void save()}>
          {label}
        </Button>
        {saved !== null && (
          <Text size="xs" c="dimmed" className="breaks" role="status">
            saved to {saved}
          </Text>
        )}
      </Group>
      <FailureNotice failure={task.failure} />
    </>
  )
}

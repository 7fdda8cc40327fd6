import { Button, Group, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"

const formats = [
  ["pdf", "PDF"],
  ["json", "JSON"],
] as const

interface SaveCertificateProps {
  readonly name: string
  /** The destruction of this version; without one, the newest of the key. */
  readonly version?: number
}

/** The certificate of a destruction into a file: on paper for people, signed for programs. */
export function SaveCertificate({ name, version }: SaveCertificateProps) {
  const task = useTask()
  const [path, setPath] = useState<string | null>(null)
  const save = (format: "pdf" | "json") =>
    task.run(async () => setPath((await ask("window.destruction-certificate", { name, version, format })).path))
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="xs">
        {formats.map(([format, label]) => (
          <Button
            key={format}
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="export" size={14} />}
            disabled={task.isRunning}
            aria-label={`Certificate as ${label}…${version === undefined ? "" : `, version ${version}`}`}
            onClick={() => void save(format)}
          >
            Certificate as {label}…
          </Button>
        ))}
      </Group>
      {path !== null && (
        <Text size="sm" role="status" className="breaks">
          ✓ Written to {path}
        </Text>
      )}
      <FailureNotice failure={task.failure} />
    </Stack>
  )
}

import { Button, Group, Text } from "@mantine/core"

interface PathChoiceProps {
  readonly label: string
  readonly path: string | null
  readonly onChoose: () => void
}

/** A file or folder that a dialog of the system is asked for. */
export function PathChoice({ label, path, onChoose }: PathChoiceProps) {
  return (
    <Group wrap="nowrap">
      <div className="grows">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="sm" c="dimmed" truncate title={path ?? ""}>
          {path ?? "Not chosen yet"}
        </Text>
      </div>
      <Button variant="default" size="xs" onClick={onChoose} aria-label={`Choose: ${label}`}>
        Choose…
      </Button>
    </Group>
  )
}

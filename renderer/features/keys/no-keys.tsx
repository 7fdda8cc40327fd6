import { Button, Group } from "@mantine/core"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Icon } from "../../ui/icon.tsx"

interface NoKeysProps {
  readonly isFiltered: boolean
  readonly onNew: () => void
  readonly onImport: () => void
}

export function NoKeys({ isFiltered, onNew, onImport }: NoKeysProps) {
  if (isFiltered) {
    return (
      <EmptyState icon={<Icon name="search" size={34} />} title="No key like that">
        No key has these words in its name, owner, environment or tags, and fits the filters.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<Icon name="key" size={34} />}
      title="No keys yet"
      action={
        <Group gap="sm" mt="sm">
          <Button onClick={onNew}>Make the first key</Button>
          <Button variant="default" onClick={onImport}>
            Import keys…
          </Button>
        </Group>
      }
    >
      A key does one job: it signs releases, encrypts backups, logs in to servers. It is made here, used here, replaced
      on time, and never has to lie in a file.
    </EmptyState>
  )
}

import { Badge, Button, Group, Table, Text } from "@mantine/core"
import { screenActs } from "../../api/screen-acts.ts"
import { folderOf, nameOf } from "../../ui/path-parts.ts"
import { asDateAndTime, fromNow } from "../../ui/time.ts"
import { type Backup, standingOf } from "./backup-words.ts"

interface BackupTableProps {
  readonly backups: readonly Backup[]
  readonly onDrill: (backup: Backup) => void
  readonly onDestroyed: (backup: Backup) => void
}

export function BackupTable({ backups, onDrill, onDestroyed }: BackupTableProps) {
  return (
    <Table highlightOnHover verticalSpacing="xs" horizontalSpacing="xs" stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>File</Table.Th>
          <Table.Th>Made</Table.Th>
          <Table.Th>Verified</Table.Th>
          <Table.Th>Holds</Table.Th>
          <Table.Th>Now</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {backups.map((backup) => (
          <BackupLine
            key={backup.id}
            backup={backup}
            onDrill={() => onDrill(backup)}
            onDestroyed={() => onDestroyed(backup)}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface BackupLineProps {
  readonly backup: Backup
  readonly onDrill: () => void
  readonly onDestroyed: () => void
}

function BackupLine({ backup, onDrill, onDestroyed }: BackupLineProps) {
  const { path, createdAt, keys, versions, destroyed, file } = backup
  const { says, shape, color, advice } = standingOf(backup)
  const name = nameOf(path)
  return (
    <Table.Tr className="backup-line">
      <Table.Td>
        <Text size="sm" fw={500} className="breaks">
          {name}
        </Text>
        <Text size="xs" c="dimmed" className="breaks">
          {folderOf(path)}
        </Text>
        {advice !== undefined && (
          <Text size="xs" className={color === "red" ? "is-danger" : "is-quiet"}>
            {advice}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{asDateAndTime(createdAt)}</Table.Td>
      <Table.Td>
        <VerifiedText backup={backup} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {keys} keys, {versions} versions
        </Text>
        {destroyed.count > 0 && (
          <Button
            size="compact-xs"
            variant="light"
            color="orange"
            aria-label={`${destroyedInWords(destroyed.count)} in ${name}`}
            onClick={onDestroyed}
          >
            {destroyedInWords(destroyed.count)}
          </Button>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-start">
          <Badge variant="light" color={color} className="backup-state" leftSection={<span aria-hidden>{shape}</span>}>
            {says}
          </Badge>
          {file !== "replaced" && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`${screenActs.drill.label}: ${name}`}
              onClick={onDrill}
            >
              {file === "missing" ? "Find it…" : `${screenActs.drill.label}…`}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

function VerifiedText({ backup: { verifiedAt, drill } }: { readonly backup: Backup }) {
  if (verifiedAt === null)
    return (
      <Text size="sm" className="is-danger">
        drill failed
      </Text>
    )
  return (
    <>
      <Text size="sm">{fromNow(verifiedAt)}</Text>
      <Text size="xs" c="dimmed">
        {drill === undefined ? "as it was made" : "by a drill"}
      </Text>
    </>
  )
}

function destroyedInWords(count: number): string {
  return count === 1 ? "1 destroyed key" : `${count} destroyed keys`
}

import { Badge, Button, Table, Text } from "@mantine/core"
import { screenActs } from "../../api/screen-acts.ts"
import { folderOf, nameOf } from "../../ui/path-parts.ts"
import { asDate, asDateAndTime, fromNow } from "../../ui/time.ts"
import { count } from "../key-actions/counted.ts"
import { type Backup, standingOf } from "./backup-words.ts"

const drillLabel = screenActs.drill.label

interface BackupTableProps {
  readonly backups: readonly Backup[]
  readonly onDrill: (backup: Backup) => void
  readonly onDestroyed: (backup: Backup) => void
  /** Its file is gone, and a person can say that it is gone everywhere. */
  readonly onGone: (backup: Backup) => void
}

export function BackupTable({ backups, onDrill, onDestroyed, onGone }: BackupTableProps) {
  return (
    <Table className="backup-table" verticalSpacing="xs" horizontalSpacing="xs" stickyHeader>
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
            onGone={() => onGone(backup)}
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
  readonly onGone: () => void
}

function BackupLine({ backup, onDrill, onDestroyed, onGone }: BackupLineProps) {
  const { path, createdAt, keys, versions, destroyed, file } = backup
  const { says, shape, color, advice } = standingOf(backup)
  const name = nameOf(path)
  const act = file === "missing" ? "Find it…" : `${drillLabel}…`
  return (
    <>
      <Table.Tr className={advice === undefined ? "backup-line" : "backup-line has-advice"}>
        <Table.Td>
          <Text size="sm" fw={500} className="breaks">
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="breaks">
            {folderOf(path)}
          </Text>
        </Table.Td>
        <Table.Td className="is-unbroken" title={asDateAndTime(createdAt)}>
          {asDate(createdAt)}
        </Table.Td>
        <Table.Td className="is-unbroken">
          <VerifiedText backup={backup} />
        </Table.Td>
        <Table.Td className="is-unbroken">
          <Text size="sm">{count(keys, "key")}</Text>
          <Text size="xs" c="dimmed">
            {count(versions, "version")}
          </Text>
          {destroyed.count > 0 && (
            <Button
              size="compact-xs"
              variant="light"
              color="orange"
              aria-label={`${count(destroyed.count, "destroyed key")} in ${name}`}
              onClick={onDestroyed}
            >
              {count(destroyed.count, "destroyed key")}
            </Button>
          )}
        </Table.Td>
        <Table.Td>
          <Badge variant="light" color={color} className="backup-state" leftSection={<span aria-hidden>{shape}</span>}>
            {says}
          </Badge>
          {file !== "replaced" && file !== "destroyed" && (
            <Button size="compact-xs" variant="default" mt={6} aria-label={`${act}: ${name}`} onClick={onDrill}>
              {act}
            </Button>
          )}
          {file === "missing" && (
            <Button
              size="compact-xs"
              variant="default"
              mt={6}
              aria-label={`It is destroyed…: ${name}`}
              onClick={onGone}
            >
              It is destroyed…
            </Button>
          )}
        </Table.Td>
      </Table.Tr>
      {advice !== undefined && (
        <Table.Tr>
          <Table.Td colSpan={5} className={color === "red" ? "backup-advice is-danger" : "backup-advice is-quiet"}>
            {advice}
          </Table.Td>
        </Table.Tr>
      )}
    </>
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

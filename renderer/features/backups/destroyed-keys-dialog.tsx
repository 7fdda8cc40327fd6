import { Modal, Stack, Table, Text } from "@mantine/core"
import { nameOf } from "../../ui/path-parts.ts"
import { Scrolls } from "../../ui/scrolls.tsx"
import { asDateAndTime } from "../../ui/time.ts"
import { type Backup, versionsInWords } from "./backup-words.ts"

interface DestroyedKeysDialogProps {
  readonly backup: Backup
  readonly onClose: () => void
}

/** Which keys would be back if this backup were restored. */
export function DestroyedKeysDialog({ backup: { path, destroyed }, onClose }: DestroyedKeysDialogProps) {
  const more = destroyed.count - destroyed.keys.length
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Destroyed keys in ${nameOf(path)}`}
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="sm">
        <Text size="sm">
          Whoever opens this backup has them again. Newer backups do not hold them: to be rid of them for good, make a
          new backup and destroy this file wherever it lies.
        </Text>
        <Scrolls label="Destroyed keys" className="destroyed-keys">
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Key</Table.Th>
                <Table.Th>Holds</Table.Th>
                <Table.Th>Destroyed here</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {destroyed.keys.map(({ name, versions, destroyedAt }) => (
                <Table.Tr key={name}>
                  <Table.Td className="breaks">{name}</Table.Td>
                  <Table.Td>{versionsInWords(versions)}</Table.Td>
                  <Table.Td>{asDateAndTime(destroyedAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolls>
        {more > 0 && (
          <Text size="sm" c="dimmed">
            And {more} more.
          </Text>
        )}
      </Stack>
    </Modal>
  )
}

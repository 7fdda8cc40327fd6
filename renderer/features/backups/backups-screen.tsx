import { Alert, Badge, Button, Group, Stack, Table, Text, Title } from "@mantine/core"
import { useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { folderOf, nameOf } from "../../ui/path-parts.ts"
import { asDateAndTime } from "../../ui/time.ts"
import { Working } from "../../ui/working.tsx"

export function BackupsScreen() {
  const task = useTask()
  const { data, error } = useAnswer("vault.backups", {})
  const [made, setMade] = useState<AnswerTo<"vault.backup"> | null>(null)
  const backUp = () =>
    task.run(async () => {
      const suggestedName = `backup-${new Date().toISOString().slice(0, 10)}.clvbackup`
      const { path } = await ask("window.choose", { what: "backup-file", suggestedName })
      // The dialog has asked whether to replace what is there.
      if (path !== null) setMade(await ask("vault.backup", { out: path, force: true }))
    })
  const button = (
    <Button leftSection={<Icon name="backup" size={16} />} disabled={task.isRunning} onClick={() => void backUp()}>
      Back up now…
    </Button>
  )
  const backups = data?.backups ?? []
  return (
    <section className="screen" aria-label="Backups" aria-busy={data === undefined && error === null}>
      <Group justify="space-between" className="screen-head">
        <Title order={1} size="h3">
          Backups
        </Title>
        <Group>
          {task.isRunning && <Working says="Writing and proving" />}
          {backups.length > 0 && button}
        </Group>
      </Group>
      <Stack gap="sm">
        <FailureNotice failure={error ?? task.failure} />
        {made !== null && (
          <Alert color="claviger" variant="light" role="status">
            <Text size="sm">
              Verified: {made.keys} keys, {made.versions} versions, the log up to row {made.auditHead.seq}. Keep it on
              another disk, or in another place.
            </Text>
          </Alert>
        )}
      </Stack>
      {backups.length === 0 && data !== undefined ? (
        <EmptyState icon={<Icon name="backup" size={34} />} title="No backup yet" action={button}>
          A backup is one encrypted file that opens with the same passphrase. It is read back and proven before it
          counts. Without one, a broken disk takes every key with it.
        </EmptyState>
      ) : (
        <BackupTable backups={backups} />
      )}
    </section>
  )
}

function BackupTable({ backups }: { readonly backups: AnswerTo<"vault.backups">["backups"] }) {
  return (
    <Table.ScrollContainer minWidth={600}>
      <Table highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th>Made</Table.Th>
            <Table.Th>Keys</Table.Th>
            <Table.Th>Versions</Table.Th>
            <Table.Th>Now</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {backups.map(({ id, path, createdAt, keys, versions, present }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Text size="sm" fw={500}>
                  {nameOf(path)}
                </Text>
                <Text size="xs" c="dimmed" className="breaks">
                  {folderOf(path)}
                </Text>
              </Table.Td>
              <Table.Td>{asDateAndTime(createdAt)}</Table.Td>
              <Table.Td>{keys}</Table.Td>
              <Table.Td>{versions}</Table.Td>
              <Table.Td>
                <Badge
                  variant="light"
                  color={present ? "claviger" : "gray"}
                  leftSection={<span aria-hidden>{present ? "●" : "○"}</span>}
                >
                  {present ? "there" : "not found"}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

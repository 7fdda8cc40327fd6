import { Alert, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useDeferredValue, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { Scrolls } from "../../ui/scrolls.tsx"
import { asDateAndTime } from "../../ui/time.ts"

const pageSize = 100

/** The log, the newest first, and whether it is whole. */
export function AuditScreen() {
  const [action, setAction] = useState("")
  const rows = useRows(useDeferredValue(action.trim()))
  return (
    <section className="screen" aria-label="Audit" aria-busy={rows.isPending}>
      <Group justify="space-between" className="screen-head">
        <Title order={1} size="h3">
          Audit
        </Title>
        <AuditActions />
      </Group>
      <div className="screen-filters">
        <TextInput
          aria-label="Show one action"
          placeholder="Only one action, such as key.rotate"
          leftSection={<Icon name="search" size={16} />}
          value={action}
          onChange={(event) => setAction(event.currentTarget.value)}
        />
      </div>
      <FailureNotice failure={rows.error} />
      <Scrolls label="Rows of the log">
        <Table highlightOnHover verticalSpacing={6} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Row</Table.Th>
              <Table.Th>Time</Table.Th>
              <Table.Th>Action</Table.Th>
              <Table.Th>Target</Table.Th>
              <Table.Th>By</Table.Th>
              <Table.Th>Outcome</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.data?.pages
              .flatMap((page) => page.rows)
              .map((row) => (
                <AuditLine key={row.seq} row={row} />
              ))}
          </Table.Tbody>
        </Table>
        {rows.data?.pages[0]?.rows.length === 0 && (
          <Text c="dimmed" size="sm" p="md" role="status">
            The log has no row of that action. An action is named as in the rows, in full: key.rotate.
          </Text>
        )}
        {rows.hasNextPage && (
          <Button variant="subtle" fullWidth onClick={() => void rows.fetchNextPage()}>
            Older rows
          </Button>
        )}
      </Scrolls>
    </section>
  )
}

function useRows(action: string) {
  return useInfiniteQuery({
    queryKey: ["audit.list", action],
    queryFn: ({ pageParam }) =>
      ask("audit.list", {
        newest: true,
        limit: pageSize,
        ...(action === "" ? {} : { action }),
        ...(pageParam === "" ? {} : { cursor: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  })
}

function AuditLine({ row }: { readonly row: AnswerTo<"audit.list">["rows"][number] }) {
  return (
    <Table.Tr>
      <Table.Td className="is-quiet">{row.seq}</Table.Td>
      <Table.Td className="is-unbroken">{asDateAndTime(row.at)}</Table.Td>
      <Table.Td fw={500}>{row.action}</Table.Td>
      <Table.Td className="breaks">{inert(row.target ?? "–")}</Table.Td>
      <Table.Td className="is-quiet">{row.actor}</Table.Td>
      <Table.Td className={row.outcome === "done" ? "is-quiet" : "is-due"}>{row.outcome}</Table.Td>
    </Table.Tr>
  )
}

/** Checking the chain, and taking a copy of it that others can check. */
function AuditActions() {
  const task = useTask()
  const [report, setReport] = useState<AnswerTo<"audit.verify"> | null>(null)
  const [exported, setExported] = useState<string | null>(null)
  const exportLog = () =>
    task.run(async () => {
      const { path } = await ask("window.choose", { what: "audit-export", suggestedName: "audit.jsonl" })
      if (path === null) return
      await ask("audit.export", { out: path, force: true })
      setExported(path)
    })
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {report !== null && (
          <Text size="sm" c={report.ok ? "dimmed" : "red"} role="status">
            {report.ok ? `verified to row ${report.head.seq}, just now` : `broken at row ${report.firstBad ?? "–"}`}
          </Text>
        )}
        {exported !== null && (
          <Text size="sm" c="dimmed" role="status">
            exported
          </Text>
        )}
        <Button variant="default" disabled={task.isRunning} onClick={() => void exportLog()}>
          Export…
        </Button>
        <Button
          disabled={task.isRunning}
          onClick={() => void task.run(async () => setReport(await ask("audit.verify", {})))}
        >
          Verify
        </Button>
      </Group>
      {task.failure !== null && (
        <Alert color="red" p={0}>
          <FailureNotice failure={task.failure} />
        </Alert>
      )}
    </Stack>
  )
}

import { Button, Checkbox, Group, Modal, Stack, Table, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { TokenHealth } from "../../../preload/contract/token-health.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { asDateAndTime } from "../../ui/time.ts"
import { Working } from "../../ui/working.tsx"
import { causeWords, checkWords, findingsOf, outcomeWords } from "./health-words.ts"
import { titleOf } from "./token-words.ts"

interface TokenHealthDialogProps {
  readonly token: Token
  readonly onClose: () => void
}

/** How a token is and was, and looking again. */
export function TokenHealthDialog({ token, onClose }: TokenHealthDialogProps) {
  const task = useTask()
  const history = useAnswer("token.health.history", { uri: token.uri, limit: 50 })
  const [triesKeys, setTriesKeys] = useState(true)
  const check = () => task.run(() => ask("token.health", { uri: token.uri, wantsPin: triesKeys }))
  const reports = history.data?.reports ?? []
  const [newest] = reports
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Health of ${titleOf(token)}`}
      size="xl"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <Checkbox
          label="Try the keys of this vault that are in it"
          description="Asks for its PIN, unless it was typed since the vault was unlocked."
          checked={triesKeys}
          onChange={(event) => setTriesKeys(event.currentTarget.checked)}
        />
        <FailureNotice failure={task.failure ?? history.error} />
        <Group justify="flex-end">
          {task.isRunning && <Working says="Looking" />}
          <Button disabled={task.isRunning} onClick={() => void check()}>
            Check now
          </Button>
        </Group>
        {newest === undefined ? (
          <Text size="sm">{history.data === undefined ? "" : "Nobody has looked yet."}</Text>
        ) : (
          <Checks report={newest} />
        )}
        {reports.length > 0 && <History reports={reports} />}
      </Stack>
    </Modal>
  )
}

function Checks({ report }: { readonly report: TokenHealth }) {
  return (
    <Table verticalSpacing={6} aria-label="The last check">
      <Table.Tbody>
        {report.checks.map(({ check, outcome, says }) => (
          <Table.Tr key={check}>
            <Table.Td>{checkWords[check]}</Table.Td>
            <Table.Td className="is-unbroken">{outcomeWords[outcome]}</Table.Td>
            <Table.Td className="breaks">{inert(says)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function History({ reports }: { readonly reports: readonly TokenHealth[] }) {
  return (
    <Stack gap={4}>
      <Title order={3} size="h6">
        Checks so far
      </Title>
      <Table verticalSpacing={6} aria-label="Checks so far">
        <Table.Tbody>
          {reports.map((report) => (
            <Table.Tr key={`${report.at} ${report.cause}`}>
              <Table.Td>{asDateAndTime(report.at)}</Table.Td>
              <Table.Td className="is-unbroken">{outcomeWords[report.outcome]}</Table.Td>
              <Table.Td>{causeWords[report.cause]}</Table.Td>
              <Table.Td className="breaks">{inert(findingsOf(report))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

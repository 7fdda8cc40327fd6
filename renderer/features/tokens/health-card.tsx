import { Select, Stack, Table, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { Token } from "../../../preload/contract/token-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { asDateAndTime } from "../../ui/time.ts"
import { findingsOf, lastOfEach, outcomeWords } from "./health-words.ts"

const intervals = [
  { value: "1", label: "every hour" },
  { value: "24", label: "every day" },
  { value: "168", label: "every week" },
  { value: "0", label: "never" },
]

/** How often tokens are checked by themselves, and those that are missed. */
export function HealthCard({ tokens }: { readonly tokens: readonly Token[] }) {
  const queries = useQueryClient()
  const start = useAnswer("window.start", {})
  const history = useAnswer("token.health.history", {})
  const change = useMutation({
    mutationFn: (checkTokensEvery: number) => ask("window.set", { checkTokensEvery }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["window.start"] }),
  })
  const missed = lastOfEach(history.data?.reports ?? []).filter(
    ({ uri, outcome }) => outcome === "failed" && tokens.every((token) => token.uri !== uri),
  )
  return (
    <Card
      title="Health"
      says="While the vault is open, tokens that it knows are checked by themselves, and when one is plugged in. No PIN is asked for then."
    >
      <FailureNotice failure={change.error ?? history.error} />
      <Select
        label="Check by itself"
        w={200}
        data={intervals}
        value={String(start.data?.preferences.checkTokensEvery ?? 24)}
        onChange={(value) => change.mutate(Number(value))}
        allowDeselect={false}
      />
      {missed.length > 0 && (
        <Stack gap={4}>
          <Text size="sm">Not well, and not there now:</Text>
          <Table verticalSpacing={6} aria-label="Tokens that are missed">
            <Table.Tbody>
              {missed.map((report) => (
                <Table.Tr key={report.uri}>
                  <Table.Td className="breaks">{inert(report.uri)}</Table.Td>
                  <Table.Td>{asDateAndTime(report.at)}</Table.Td>
                  <Table.Td className="is-unbroken">{outcomeWords[report.outcome]}</Table.Td>
                  <Table.Td className="breaks">{inert(findingsOf(report))}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      )}
    </Card>
  )
}

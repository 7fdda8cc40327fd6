import { Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import type { AnswerTo } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { wordsOf } from "./finding-acts.ts"
import type { HealthActs } from "./health-acts.ts"
import { LongList } from "./long-list.tsx"
import { MendLine } from "./mend-line.tsx"
import { Standing } from "./standing.tsx"

type Finding = AnswerTo<"policy.check">["findings"][number]
type Severity = Finding["severity"]

/** More are not listed; the counts are of all. */
export const mostFindings = 1000

const severities: Readonly<Record<Severity, { says: string; many: string; shape: string; className: string }>> = {
  error: { says: "error", many: "Errors", shape: "✕", className: "is-danger" },
  warning: { says: "warning", many: "Warnings", shape: "▲", className: "is-due" },
}
const order: readonly Severity[] = ["error", "warning"]

interface FindingsTabProps {
  readonly acts: HealthActs
  readonly onPolicies: () => void
}

/** What does not meet its keyring's policy, the worst first, each with what can be done about it. */
export function FindingsTab({ acts, onPolicies }: FindingsTabProps) {
  const { data, error } = useAnswer("policy.check", { limit: mostFindings })
  const [only, setOnly] = useState<Severity | null>(null)
  const found = data?.findings ?? []
  const shown = order.flatMap((severity) =>
    only === null || only === severity ? found.filter((each) => each.severity === severity) : [],
  )
  const all = data === undefined ? 0 : data.counts.error + data.counts.warning
  return (
    <div className="health-part" aria-busy={data === undefined && error === null}>
      <FailureNotice failure={error} />
      {all > 0 && (
        <Group gap={6} mb={6} role="group" aria-label="Severity">
          {order.map((severity) => (
            <Button
              key={severity}
              size="compact-xs"
              radius="xl"
              variant={only === severity ? "light" : "default"}
              className="chip"
              aria-pressed={only === severity}
              onClick={() => setOnly(only === severity ? null : severity)}
            >
              {severities[severity].many}: {data?.counts[severity]}
            </Button>
          ))}
          {all > found.length && (
            <Text size="xs" c="dimmed">
              The first {found.length} of {all} are listed.
            </Text>
          )}
        </Group>
      )}
      {data !== undefined && all === 0 ? (
        <EmptyState
          icon={<Icon name="check" size={34} />}
          title="Nothing against any policy"
          action={
            <Button variant="light" onClick={onPolicies}>
              Look at the policies
            </Button>
          }
        >
          A keyring&rsquo;s policy says what its keys may be, when they rotate, and what may be done with them. Until
          one is set it refuses nothing, and so nothing is found.
        </EmptyState>
      ) : (
        <LongList label="Findings" items={shown} rowHeight={78} keyOf={({ key, rule }) => `${key} ${rule}`}>
          {(finding) => <FindingLine finding={finding} acts={acts} />}
        </LongList>
      )}
    </div>
  )
}

function FindingLine({ finding, acts }: { readonly finding: Finding; readonly acts: HealthActs }) {
  const { rule, severity, key: name, message, fix } = finding
  const { says, act } = wordsOf(rule)
  return (
    <MendLine
      standing={<Standing {...severities[severity]} />}
      name={name}
      about={says}
      message={message}
      fix={fix}
      label={act?.label ?? null}
      onOpen={() => acts.openKey(name)}
      onMend={() => act !== null && acts.begin({ name, act: act.name })}
    />
  )
}

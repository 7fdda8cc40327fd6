import { Button, Group, Text } from "@mantine/core"
import type { UsageFinding } from "../../../preload/contract/report.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { asDate, fromNow } from "../../ui/time.ts"
import type { HealthActs } from "./health-acts.ts"
import { LongList } from "./long-list.tsx"

type IdleKey = AnswerTo<"report.usage">["keys"][number]

/** More are not listed; the counts are of all. */
export const mostIdle = 1000

const findingWords: Readonly<Record<UsageFinding, string>> = {
  "never-used": "never used",
  unused: "unused",
  orphaned: "nobody answers for it",
}

/** Keys that do no work: never used, unused for long, and those of them that nobody answers for. */
export function IdleTab({ acts }: { readonly acts: HealthActs }) {
  const { data, error } = useAnswer("report.usage", { limit: mostIdle })
  const keys = data?.keys ?? []
  return (
    <div className="health-part" aria-busy={data === undefined && error === null}>
      <FailureNotice failure={error} />
      {data !== undefined && (
        <Text size="sm" fw={600} role="status" mb={4}>
          {data.counts.neverUsed} never used, {data.counts.unused} without use for 90 days, {data.counts.orphaned} of
          them without an owner; of {data.counts.keys} keys
        </Text>
      )}
      {data !== undefined && data.counts.neverUsed + data.counts.unused > keys.length && keys.length === mostIdle && (
        <Text size="xs" c="dimmed">
          The first {keys.length}, in the order in which they were made.
        </Text>
      )}
      <LongList label="Unused keys" items={keys} rowHeight={80} keyOf={({ name }) => name}>
        {(value) => <IdleLine value={value} acts={acts} />}
      </LongList>
    </div>
  )
}

function IdleLine({ value, acts }: { readonly value: IdleKey; readonly acts: HealthActs }) {
  const { name, keyring, owner, createdAt, lastUsedAt, findings } = value
  const isOrphaned = findings.includes("orphaned")
  const words = inert(name)
  return (
    <div className="health-line">
      <div className="grows">
        <button type="button" className="health-name" onClick={() => acts.openKey(name)}>
          {words}
        </button>
        <Text size="sm" className={isOrphaned ? "is-due" : "is-quiet"}>
          <span aria-hidden>{isOrphaned ? "▲ " : "○ "}</span>
          {findings.map((finding) => findingWords[finding]).join(", ")}
        </Text>
        <Text size="xs" c="dimmed" className="breaks">
          {lastUsedAt === null
            ? `made ${asDate(createdAt)} (${fromNow(createdAt)})`
            : `used last ${asDate(lastUsedAt)} (${fromNow(lastUsedAt)})`}
          , keyring {inert(keyring)}
          {owner === null ? "" : `, ${owner}`}
        </Text>
      </div>
      <Group gap={6} wrap="nowrap">
        {isOrphaned && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Set owner… ${words}`}
            onClick={() => acts.begin({ name, act: "edit" })}
          >
            Set owner…
          </Button>
        )}
        {findings.includes("unused") && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Suspend… ${words}`}
            onClick={() => acts.begin({ name, act: "suspend" })}
          >
            Suspend…
          </Button>
        )}
      </Group>
    </div>
  )
}

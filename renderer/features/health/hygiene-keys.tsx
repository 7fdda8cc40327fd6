import { Button, Group, Text } from "@mantine/core"
import type { HygieneFinding } from "../../../preload/contract/report.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { useFocusFirst } from "../../ui/use-focus-first.ts"
import type { HealthActs } from "./health-acts.ts"
import { hygiene } from "./hygiene-words.ts"
import { LongList } from "./long-list.tsx"
import { MendLine } from "./mend-line.tsx"

type HygieneKey = AnswerTo<"report.hygiene">["keys"][number]

/** More are not listed; the count is of all. */
const mostKeys = 1000

interface HygieneKeysProps {
  readonly finding: HygieneFinding
  readonly acts: HealthActs
  readonly onBackups: () => void
  readonly onBack: () => void
}

/** The keys with one finding, each with what mends it. */
export function HygieneKeys({ finding, acts, onBackups, onBack }: HygieneKeysProps) {
  const { data, error } = useAnswer("report.hygiene", { find: [finding], limit: mostKeys })
  const back = useFocusFirst()
  const { says } = hygiene[finding]
  const keys = data?.keys ?? []
  const all = data?.counts[finding] ?? 0
  return (
    <div className="health-part" aria-busy={data === undefined && error === null}>
      <FailureNotice failure={error} />
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Text size="sm" fw={600} role="status">
          {says}: {all}
          {all > keys.length && data !== undefined && `, of which the first ${keys.length} are listed`}
        </Text>
        <Button ref={back} size="compact-sm" variant="subtle" onClick={onBack}>
          All findings
        </Button>
      </Group>
      <LongList label={says} items={keys} rowHeight={78} keyOf={({ name }) => name}>
        {(value) => <HygieneKeyLine value={value} acts={acts} onBackups={onBackups} />}
      </LongList>
    </div>
  )
}

interface HygieneKeyLineProps extends Pick<HygieneKeysProps, "acts" | "onBackups"> {
  readonly value: HygieneKey
}

function HygieneKeyLine({ value, acts, onBackups }: HygieneKeyLineProps) {
  const { finding, name, keyring, owner, environment, message, fix } = value
  const { act } = hygiene[finding]
  const about = [`keyring ${keyring}`, environment, owner].filter((one) => one !== null).join(", ")
  const mend = () => {
    if (act === null) return
    if (act.name === "backup") onBackups()
    else acts.begin({ name, act: act.name })
  }
  return (
    <MendLine
      name={name}
      about={inert(about)}
      message={message}
      fix={fix}
      label={act?.label ?? null}
      onOpen={() => acts.openKey(name)}
      onMend={mend}
    />
  )
}

import { Button, Text } from "@mantine/core"
import { useState } from "react"
import type { HygieneFinding } from "../../../preload/contract/report.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { useFocusFirst } from "../../ui/use-focus-first.ts"
import { count } from "../key-actions/counted.ts"
import type { HealthActs } from "./health-acts.ts"
import { HygieneKeys } from "./hygiene-keys.tsx"
import { hygiene, hygieneFindings } from "./hygiene-words.ts"
import { Standing } from "./standing.tsx"

interface HygieneTabProps {
  readonly acts: HealthActs
  readonly onBackups: () => void
}

/** What a person asks of an inventory: how many keys have each finding, and behind it which they are. */
export function HygieneTab({ acts, onBackups }: HygieneTabProps) {
  const [picked, setPicked] = useState<HygieneFinding | null>(null)
  const [left, setLeft] = useState<HygieneFinding | null>(null)
  if (picked !== null) {
    const back = () => {
      setLeft(picked)
      setPicked(null)
    }
    return <HygieneKeys finding={picked} acts={acts} onBackups={onBackups} onBack={back} />
  }
  return (
    <Scrolls label="Hygiene" className="health-cards">
      <ul className="plain-list" aria-label="Findings of the inventory">
        {hygieneFindings.map((finding) => (
          <HygieneLine key={finding} finding={finding} wasLeft={finding === left} onPick={() => setPicked(finding)} />
        ))}
      </ul>
    </Scrolls>
  )
}

interface HygieneLineProps {
  readonly finding: HygieneFinding
  /** Its keys were shown just now. */
  readonly wasLeft: boolean
  readonly onPick: () => void
}

/** Each asks for its own figure, so that no figure waits for the others. */
function HygieneLine({ finding, wasLeft, onPick }: HygieneLineProps) {
  const button = useFocusFirst(wasLeft)
  const { data, error } = useAnswer("report.hygiene", { find: [finding], limit: 0 })
  const { says, meaning, shape, className } = hygiene[finding]
  const keys = data?.counts[finding]
  const standing =
    keys === 0 ? { says: "none", shape: "●", className: "is-quiet" } : { says: wordsOf(keys), shape, className }
  return (
    <li className="health-line" aria-busy={data === undefined && error === null}>
      <Standing {...standing} />
      <div className="grows">
        <Text size="sm" fw={500}>
          {says}
        </Text>
        <Text size="xs" c="dimmed">
          {meaning}
        </Text>
        <FailureNotice failure={error} />
      </div>
      <Button
        ref={button}
        size="compact-sm"
        variant="default"
        aria-label={`Show keys: ${says}`}
        disabled={keys === undefined || keys === 0}
        onClick={onPick}
      >
        Show keys
      </Button>
    </li>
  )
}

function wordsOf(keys: number | undefined): string {
  return keys === undefined ? "…" : count(keys, "key")
}

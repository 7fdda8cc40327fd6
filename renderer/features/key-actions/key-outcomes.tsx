import { Text } from "@mantine/core"
import { Scrolls } from "../../ui/scrolls.tsx"
import type { NamedKey, Outcome } from "./use-each-key.ts"

interface KeyOutcomesProps {
  readonly keys: readonly NamedKey[]
  readonly leftOut: ReadonlyMap<string, string>
  readonly outcomes: ReadonlyMap<string, Outcome>
}

/** More would only be scrolled past; what failed comes first. */
const mostShown = 200

/** The selected keys, each with what became of it. */
export function KeyOutcomes({ keys, leftOut, outcomes }: KeyOutcomesProps) {
  const rank = ({ id }: NamedKey) => (outcomes.get(id)?.isDone === false ? 0 : leftOut.has(id) ? 1 : 2)
  const shown = keys.toSorted((one, other) => rank(one) - rank(other)).slice(0, mostShown)
  return (
    <Scrolls label="Each key" className="outcomes">
      <ul className="plain-list">
        {shown.map(({ id, name }) => (
          <li key={id} className="outcome">
            <Text size="sm" fw={500} className="breaks">
              {name}
            </Text>
            <OutcomeWords reason={leftOut.get(id)} outcome={outcomes.get(id)} />
          </li>
        ))}
      </ul>
      {keys.length > shown.length && (
        <Text size="xs" c="dimmed">
          and {keys.length - shown.length} more
        </Text>
      )}
    </Scrolls>
  )
}

interface OutcomeWordsProps {
  readonly reason: string | undefined
  readonly outcome: Outcome | undefined
}

function OutcomeWords({ reason, outcome }: OutcomeWordsProps) {
  if (reason !== undefined) return <span className="outcome-says is-quiet">○ left out: {reason}</span>
  if (outcome === undefined) return null
  return outcome.isDone ? (
    <span className="outcome-says">✓ {outcome.says}</span>
  ) : (
    <span className="outcome-says is-danger">✕ {outcome.says}</span>
  )
}

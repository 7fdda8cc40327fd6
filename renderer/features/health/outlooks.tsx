import { Button, Text } from "@mantine/core"
import type { QuantumOutlook } from "../../../preload/contract/report.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { inert } from "../../ui/inert.ts"
import { asDate } from "../../ui/time.ts"
import { lengthWords } from "../key-actions/counted.ts"
import type { HealthActs } from "./health-acts.ts"
import { outlookWords } from "./quantum-words.ts"
import { Standing } from "./standing.tsx"

type Quantum = AnswerTo<"report.quantum">
type Exposed = Quantum["exposed"][number]

const standings: Readonly<Record<QuantumOutlook, { says: string; shape: string; className: string }>> = {
  "too-long": { says: "too long", shape: "▲", className: "is-danger" },
  unsaid: { says: "not said", shape: "◐", className: "is-due" },
  "in-time": { says: "in time", shape: "●", className: "is-quiet" },
}

/** It is much the same to say for each of them; the first show where. */
const mostUnsaid = 5

interface OutlooksProps {
  readonly answer: Quantum
  readonly acts: HealthActs
}

/** Of the exposed keys: what they protect now, must it stay so for longer than until there is such a computer? */
export function Outlooks({ answer, acts }: OutlooksProps) {
  const { outlooks, source, exposed } = answer
  // A seed protects coins and not secrets: for how long is for its chain to say.
  const keys = exposed.filter(({ purpose }) => purpose !== "wallet")
  const unsaid = keys.filter(({ outlook }) => outlook === "unsaid").slice(0, mostUnsaid)
  const shown = [...keys.filter(({ outlook }) => outlook === "too-long"), ...unsaid]
  const left = outlooks["too-long"] + outlooks.unsaid - shown.length
  return (
    <section aria-label="How long it must stay protected" className="exposure">
      <h2 className="exposure-title">How long it must stay protected</h2>
      <Text size="sm" role="status">
        {outlookWords(outlooks)}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {source}. The policy of a keyring says which year it goes by.
      </Text>
      <ul className="plain-list" aria-label="Keys by how long they protect">
        {shown.map((key) => (
          <OutlookLine key={key.name} value={key} acts={acts} />
        ))}
      </ul>
      {left > 0 && <Text size="xs">and {left} more</Text>}
    </section>
  )
}

function OutlookLine({ value, acts }: { readonly value: Exposed; readonly acts: HealthActs }) {
  const { name, algorithm, outlook, protectFor, protectedUntil, quantumYear, moveTo } = value
  const words = inert(name)
  const how =
    protectFor === null || protectedUntil === null
      ? "Nobody has said how long what it protects must stay so."
      : `What it protects now must stay so for ${lengthWords(protectFor)}, until ${asDate(protectedUntil)}; safe to the end of ${quantumYear}.`
  return (
    <li className="health-line">
      <Standing {...standings[outlook]} />
      <div className="grows">
        <button type="button" className="health-name" onClick={() => acts.openKey(name)}>
          {words}
        </button>
        <Text size="sm" className="breaks">
          {how}
        </Text>
        <Text size="xs" c="dimmed">
          {algorithmWords[algorithm]}
          {moveTo.length === 0 ? "" : `. Move to ${moveTo.map((to) => algorithmWords[to]).join(" or ")}`}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Say how long… ${words}`}
        onClick={() => acts.begin({ name, act: "protection" })}
      >
        Say how long…
      </Button>
    </li>
  )
}

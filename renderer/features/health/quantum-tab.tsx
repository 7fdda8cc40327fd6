import { Text } from "@mantine/core"
import type { QuantumExposure } from "../../../preload/contract/report.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { algorithmWords, purposeWords } from "../../api/key-words.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { count } from "../key-actions/counted.ts"
import { Bars } from "./bars.tsx"
import type { HealthActs } from "./health-acts.ts"
import { Outlooks } from "./outlooks.tsx"
import { exposures } from "./quantum-words.ts"

/** As many as are listed by their names. */
export const mostExposed = 20

type Group = AnswerTo<"report.quantum">["groups"][number]

const order: readonly QuantumExposure[] = ["recorded-now-read-later", "forged-later", "none"]

/** Which keys a quantum computer breaks, and what to move to. */
export function QuantumTab({ acts }: { readonly acts: HealthActs }) {
  const { data, error } = useAnswer("report.quantum", { limit: mostExposed })
  const groups = data?.groups ?? []
  return (
    <Scrolls label="Quantum exposure" className="health-cards">
      <FailureNotice failure={error} />
      {data?.groups.length === 0 && (
        <Text size="sm" c="dimmed">
          There is no key yet.
        </Text>
      )}
      {data !== undefined && data.exposedCount > 0 && <Outlooks answer={data} acts={acts} />}
      {order.map((exposure) => (
        <ExposureSection
          key={exposure}
          exposure={exposure}
          groups={groups.filter((group) => group.exposure === exposure)}
          acts={acts}
        />
      ))}
    </Scrolls>
  )
}

interface ExposureSectionProps {
  readonly exposure: QuantumExposure
  readonly groups: readonly Group[]
  readonly acts: HealthActs
}

function ExposureSection({ exposure, groups, acts }: ExposureSectionProps) {
  if (groups.length === 0) return null
  const { says, shape, className, meaning } = exposures[exposure]
  const keys = groups.reduce((sum, group) => sum + group.keys, 0)
  return (
    <section aria-label={says} className="exposure">
      <h2 className={`exposure-title ${className}`}>
        <span aria-hidden>{shape} </span>
        {count(keys, "key")}: {says}
      </h2>
      <Text size="sm" c="dimmed" mb={6}>
        {meaning}
      </Text>
      <Bars
        label={`Keys that are ${says}`}
        bars={groups
          .toSorted((one, other) => other.keys - one.keys)
          .map(({ algorithm, purpose, keys: value, moveTo }) => ({
            id: `${algorithm} ${purpose}`,
            label: `${algorithmWords[algorithm]}, ${purposeWords[purpose]}`,
            ...(moveTo.length === 0 ? {} : { says: `Move to ${moveTo.map((to) => algorithmWords[to]).join(" or ")}` }),
            value,
            onOpen: () => acts.showKeys({ algorithm, purpose }),
          }))}
      />
    </section>
  )
}

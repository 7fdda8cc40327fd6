import { Text } from "@mantine/core"
import { algorithmWords } from "../../api/key-words.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { ageFilter, ageWords } from "../keys/key-filter.ts"
import { Bars } from "./bars.tsx"
import type { HealthActs } from "./health-acts.ts"

/** Of what kinds and ages the keys are that work; each bar leads to its keys. */
export function KeysTab({ acts }: { readonly acts: HealthActs }) {
  const { data, error } = useAnswer("report.health", {})
  return (
    <Scrolls label="Keys by kind and age" className="health-cards">
      <FailureNotice failure={error} />
      {data?.keys === 0 && (
        <Text size="sm" c="dimmed">
          No key is active yet.
        </Text>
      )}
      {data !== undefined && data.keys > 0 && (
        <div className="health-pair">
          <Card title="Active keys by algorithm">
            <Bars
              label="Active keys by algorithm"
              bars={data.algorithms.map(({ algorithm, keys }) => ({
                id: algorithm,
                label: algorithmWords[algorithm],
                value: keys,
                onOpen: () => acts.showKeys({ state: "active", algorithm }),
              }))}
            />
          </Card>
          <Card title="Active keys by age" says="Since the key was made, whenever it was rotated last.">
            <Bars
              label="Active keys by age"
              bars={data.ages.map(({ keys, ...age }) => ({
                id: ageWords(age),
                label: ageWords(age),
                value: keys,
                onOpen: () => acts.showKeys({ state: "active", ...ageFilter(age) }),
              }))}
            />
          </Card>
        </div>
      )}
    </Scrolls>
  )
}

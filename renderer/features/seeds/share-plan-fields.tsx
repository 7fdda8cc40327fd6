import { Button, Group, NumberInput, Stack, Text } from "@mantine/core"
import type { SharePlan } from "../../../preload/contract/seed.ts"

const most = 16

interface SharePlanFieldsProps {
  readonly plan: SharePlan
  readonly onChange: (plan: SharePlan) => void
}

/** How many shares, and how many of them it takes; in groups, if one likes: two of the family, or three of the lawyers. */
export function SharePlanFields({ plan, onChange }: SharePlanFieldsProps) {
  const { groups, groupThreshold } = plan
  const setGroup = (index: number, change: Partial<SharePlan["groups"][number]>) =>
    onChange({ ...plan, groups: groups.map((group, each) => (each === index ? { ...group, ...change } : group)) })
  const remove = () => {
    const left = groups.slice(0, -1)
    onChange({ groups: left, groupThreshold: Math.min(groupThreshold, left.length) })
  }
  return (
    <Stack gap="xs">
      {groups.map(({ threshold, count }, index) => {
        const of = groups.length === 1 ? "" : `, group ${index + 1}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          <Group key={index} grow>
            <NumberInput
              label={`Shares${of}`}
              min={1}
              max={most}
              allowDecimal={false}
              value={count}
              onChange={(value) => setGroup(index, { count: Number(value) })}
            />
            <NumberInput
              label={`Needed${of}`}
              min={1}
              max={most}
              allowDecimal={false}
              value={threshold}
              onChange={(value) => setGroup(index, { threshold: Number(value) })}
            />
          </Group>
        )
      })}
      {groups.length > 1 && (
        <NumberInput
          label="Groups needed"
          min={1}
          max={groups.length}
          allowDecimal={false}
          value={groupThreshold}
          onChange={(value) => onChange({ ...plan, groupThreshold: Number(value) })}
        />
      )}
      <Group gap="xs">
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={groups.length === most}
          onClick={() => onChange({ ...plan, groups: [...groups, { threshold: 2, count: 3 }] })}
        >
          Add a group
        </Button>
        {groups.length > 1 && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={remove}>
            Remove the last group
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" aria-live="polite">
        {problemOf(plan) ?? inWords(plan)}
      </Text>
    </Stack>
  )
}

/** What SLIP-39 does not have, in words; `null` for a plan that can be carried out. */
export function problemOf({ groups, groupThreshold }: SharePlan): string | null {
  if (groups.some(({ threshold, count }) => threshold > count)) return "More shares are needed than there are."
  if (groups.some(({ threshold, count }) => threshold < 1 || count > most)) return `There are 1 to ${most} shares.`
  if (groups.some(({ threshold, count }) => threshold === 1 && count > 1))
    return "Where one share is enough there can be one only: copy that one instead."
  return groupThreshold > groups.length ? "More groups are needed than there are." : null
}

function inWords({ groups, groupThreshold }: SharePlan): string {
  const total = groups.reduce((sum, { count }) => sum + count, 0)
  const [first] = groups
  return groups.length === 1
    ? `${total} cards; any ${first?.threshold ?? 0} of them restore the seed, fewer tell nothing.`
    : `${total} cards in ${groups.length} groups; ${groupThreshold} complete groups restore the seed.`
}

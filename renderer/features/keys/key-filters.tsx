import { Button, Group } from "@mantine/core"
import { purposeWords, stateWords } from "../../api/key-words.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FilterChip } from "../../ui/filter-chip.tsx"
import {
  ageFilter,
  ages,
  ageWords,
  algorithmChoices,
  type KeyFilter,
  purposeChoices,
  stateChoices,
} from "./key-filter.ts"

interface KeyFiltersProps {
  readonly filter: KeyFilter
  readonly onChange: (filter: KeyFilter) => void
}

/** A chip for each thing that a list can be narrowed by; all of them hold at once. */
export function KeyFilters({ filter, onChange }: KeyFiltersProps) {
  const { data } = useAnswer("keyring.list", {})
  const keyrings = (data?.keyrings ?? []).map(({ name }) => ({ value: name, label: name }))
  const set = <Field extends keyof KeyFilter>(field: Field, value: KeyFilter[Field] | undefined) => {
    const { [field]: _, ...others } = filter
    onChange(value === undefined ? others : { ...others, [field]: value })
  }
  const setAge = (words: string | undefined) => {
    const { olderThan: _, youngerThan: __, ...others } = filter
    const picked = ages.find((age) => ageWords(age) === words)
    onChange(picked === undefined ? others : { ...others, ...ageFilter(picked) })
  }
  const { olderThan = null, youngerThan = null } = filter
  const isAny = Object.keys(filter).length > 0
  return (
    <Group gap={6} className="key-filters" role="group" aria-label="Filters">
      <Button
        size="compact-xs"
        radius="xl"
        variant={filter.due === true ? "light" : "default"}
        className="chip"
        aria-pressed={filter.due === true}
        onClick={() => set("due", filter.due === true ? undefined : true)}
      >
        {filter.due === true && <span aria-hidden>✓ </span>}
        Due
      </Button>
      <FilterChip
        label="State"
        choices={stateChoices.map((value) => ({ value, label: stateWords[value].says }))}
        value={filter.state}
        onChange={(value) => set("state", value)}
      />
      <FilterChip
        label="Purpose"
        choices={purposeChoices.map((value) => ({ value, label: purposeWords[value] }))}
        value={filter.purpose}
        onChange={(value) => set("purpose", value)}
      />
      <FilterChip
        label="Algorithm"
        choices={algorithmChoices}
        value={filter.algorithm}
        onChange={(value) => set("algorithm", value)}
      />
      <FilterChip
        label="Keyring"
        choices={keyrings}
        value={filter.keyring}
        onChange={(value) => set("keyring", value)}
      />
      <FilterChip
        label="Age"
        choices={ages.map((age) => ({ value: ageWords(age), label: ageWords(age) }))}
        value={olderThan === null && youngerThan === null ? undefined : ageWords({ olderThan, youngerThan })}
        onChange={setAge}
      />
      {isAny && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </Group>
  )
}

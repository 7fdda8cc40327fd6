import { Button, Group, Menu } from "@mantine/core"
import { purposeWords, stateWords } from "../../api/key-words.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { algorithmChoices, type KeyFilter, purposeChoices, stateChoices } from "./key-filter.ts"

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
      {isAny && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </Group>
  )
}

/** No choice: no keyring can have so short a name. */
const any = ""

interface FilterChipProps<Value extends string> {
  readonly label: string
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value | undefined
  readonly onChange: (value: Value | undefined) => void
}

function FilterChip<Value extends string>({ label, choices, value, onChange }: FilterChipProps<Value>) {
  const chosen = choices.find((one) => one.value === value)
  return (
    <Menu position="bottom-start" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="compact-xs" radius="xl" variant={chosen === undefined ? "default" : "light"} className="chip">
          {chosen === undefined ? label : `${label}: ${chosen.label}`}
          <span aria-hidden className="chip-arrow">
            ▾
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="filter-menu">
        <Menu.RadioGroup
          value={value ?? any}
          onChange={(picked) => onChange(choices.find((one) => one.value === picked)?.value)}
        >
          <Menu.RadioItem value={any} closeMenuOnClick>
            Any
          </Menu.RadioItem>
          {choices.map((one) => (
            <Menu.RadioItem key={one.value} value={one.value} closeMenuOnClick>
              {one.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

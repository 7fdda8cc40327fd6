import { Button, Group, Select, TextInput } from "@mantine/core"
import { useDeferredValue, useState } from "react"
import { useAnswer } from "../../api/use-answer.ts"
import { FilterChip } from "../../ui/filter-chip.tsx"
import { type AuditFilter, type Outcome, spanCalled, spanOfDays, timeChoices } from "./audit-filter.ts"

interface AuditFiltersProps {
  readonly filter: AuditFilter
  readonly onChange: (filter: AuditFilter) => void
}

const outcomes: readonly { readonly value: Outcome; readonly label: string }[] = [
  { value: "done", label: "done" },
  { value: "denied", label: "denied" },
  { value: "failed", label: "failed" },
]

/** The key that rows are about, and a chip for whatever else the log can be narrowed by. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const { data } = useAnswer("audit.summary", {})
  const set = <Field extends keyof AuditFilter>(field: Field, value: AuditFilter[Field] | undefined) => {
    const { [field]: _, ...others } = filter
    onChange(value === undefined ? others : { ...others, [field]: value })
  }
  const { time } = filter
  const foundSpan = time?.name === "found" ? [{ value: time.name, label: time.label }] : []
  return (
    <Group gap={6} mb={10} role="group" aria-label="Filters">
      <KeyChoice value={filter.key} onChange={(value) => set("key", value)} />
      <FilterChip
        label="Action"
        choices={choicesOf(
          data?.actions.map(({ action }) => action),
          filter.action,
        )}
        value={filter.action}
        onChange={(value) => set("action", value)}
      />
      <FilterChip
        label="By"
        choices={choicesOf(
          data?.actors.map(({ actor }) => actor),
          filter.actor,
        )}
        value={filter.actor}
        onChange={(value) => set("actor", value)}
      />
      <FilterChip
        label="Outcome"
        choices={outcomes}
        value={filter.outcome}
        onChange={(value) => set("outcome", value)}
      />
      <FilterChip
        label="Time"
        choices={[...timeChoices, ...foundSpan]}
        value={time?.name}
        onChange={(name) => set("time", name === undefined || name === "found" ? undefined : spanCalled(name))}
      />
      {time?.name === "days" && <DayFields onChange={(first, last) => set("time", spanOfDays(first, last))} />}
      {Object.keys(filter).length > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </Group>
  )
}

/** In the order of the alphabet; what is chosen is there before the log has been looked through. */
function choicesOf(found: readonly string[] | undefined, chosen: string | undefined) {
  const names = new Set([...(found ?? []), ...(chosen === undefined ? [] : [chosen])])
  return [...names].toSorted((one, other) => one.localeCompare(other)).map((name) => ({ value: name, label: name }))
}

interface KeyChoiceProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** Of 100,000 keys the first that fit what is typed. */
function KeyChoice({ value, onChange }: KeyChoiceProps) {
  const [typed, setTyped] = useState("")
  const query = useDeferredValue(typed === value ? "" : typed.trim())
  const { data } = useAnswer("key.list", { limit: 20, ...(query === "" ? {} : { query }) })
  const names = new Set([...(data?.keys ?? []).map(({ name }) => name), ...(value === undefined ? [] : [value])])
  return (
    <Select
      size="xs"
      w={190}
      aria-label="Key"
      placeholder="Any key"
      searchable
      clearable
      clearButtonProps={{ "aria-label": "Any key" }}
      nothingFoundMessage="No key of that name"
      data={[...names]}
      // Main has searched already, also in tags and owners.
      filter={({ options }) => options}
      value={value ?? null}
      onChange={(picked) => onChange(picked ?? undefined)}
      searchValue={typed}
      onSearchChange={setTyped}
      comboboxProps={{ withinPortal: false, width: 260, position: "bottom-start" }}
    />
  )
}

function DayFields({ onChange }: { readonly onChange: (first: string, last: string) => void }) {
  const [first, setFirst] = useState("")
  const [last, setLast] = useState("")
  return (
    <>
      <TextInput
        size="xs"
        type="date"
        aria-label="First day"
        value={first}
        onChange={({ currentTarget }) => {
          setFirst(currentTarget.value)
          onChange(currentTarget.value, last)
        }}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label="Last day"
        value={last}
        onChange={({ currentTarget }) => {
          setLast(currentTarget.value)
          onChange(first, currentTarget.value)
        }}
      />
    </>
  )
}

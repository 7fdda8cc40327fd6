import { MultiSelect } from "@mantine/core"
import { useDeferredValue, useState } from "react"
import { useAnswer } from "../../api/use-answer.ts"
import { inert } from "../../ui/inert.ts"

interface KeysChoiceProps {
  readonly value: readonly string[]
  readonly onChange: (names: string[]) => void
}

/** Several keys, each found by typing. */
export function KeysChoice({ value, onChange }: KeysChoiceProps) {
  const [typed, setTyped] = useState("")
  const query = useDeferredValue(typed.trim())
  const { data } = useAnswer("key.list", { limit: 20, ...(query === "" ? {} : { query }) })
  const found = data?.keys.filter(({ state }) => state === "active" || state === "suspended") ?? []
  const names = [...new Set([...value, ...found.map(({ name }) => name)])]
  return (
    <MultiSelect
      label="Keys"
      required
      searchable
      placeholder="Type a name"
      nothingFoundMessage="No working key of that name"
      data={names.map((name) => ({ value: name, label: inert(name) }))}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={[...value]}
      onChange={onChange}
    />
  )
}

import { Select, Text } from "@mantine/core"
import { useDeferredValue, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { RelationKind } from "../../../preload/contract/values.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"

const kinds: readonly { readonly value: RelationKind; readonly label: string; readonly says: string }[] = [
  { value: "protects", label: "protects", says: "It keeps the other safe, and can't be destroyed before it." },
  { value: "wraps", label: "wraps", says: "The other is encrypted under it; it can't be destroyed before the other." },
  { value: "depends-on", label: "depends on", says: "It needs the other, which can't be destroyed before it." },
]

/** How this key bears on another: said once, and minded whenever one of the two is to be destroyed. */
export function RelateDialog({ value, onClose }: { readonly value: KeyObject; readonly onClose: () => void }) {
  const task = useTask()
  const [kind, setKind] = useState<RelationKind>("protects")
  const [other, setOther] = useState<string | null>(null)
  const relate = async () => {
    if (other !== null && (await task.run(() => ask("key.relate", { name: value.name, kind, other })))) onClose()
  }
  return (
    <ActionDialog
      title={`Relate ${value.name}`}
      action="Relate"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={other !== null}
      onAct={() => void relate()}
      onClose={onClose}
    >
      <Text size="sm">Which key stands on which? Nothing changes in either; the log notes it.</Text>
      <Select
        label={`${inert(value.name)} …`}
        data={kinds.map(({ value: each, label }) => ({ value: each, label }))}
        description={kinds.find((each) => each.value === kind)?.says}
        value={kind}
        onChange={(picked) => setKind(kinds.find((each) => each.value === picked)?.value ?? kind)}
      />
      <OtherKey except={value.name} value={other} onChange={setOther} />
    </ActionDialog>
  )
}

interface OtherKeyProps {
  readonly except: string
  readonly value: string | null
  readonly onChange: (name: string | null) => void
}

/** A key, found by typing. */
function OtherKey({ except, value, onChange }: OtherKeyProps) {
  const [typed, setTyped] = useState("")
  const query = useDeferredValue(typed === value ? "" : typed.trim())
  const { data } = useAnswer("key.list", { limit: 20, ...(query === "" ? {} : { query }) })
  const found = data?.keys.filter(({ name, state }) => name !== except && state !== "destroyed") ?? []
  const names = [...new Set([...(value === null ? [] : [value]), ...found.map(({ name }) => name)])]
  return (
    <Select
      label="The other key"
      required
      data-autofocus
      searchable
      openOnFocus={false}
      placeholder="Type its name"
      nothingFoundMessage="No other key of that name"
      data={names.map((name) => ({ value: name, label: inert(name) }))}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={onChange}
    />
  )
}

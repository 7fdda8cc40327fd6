import { Anchor, Select } from "@mantine/core"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { inert } from "../../ui/inert.ts"

interface KeyringChoiceProps {
  readonly label: string
  readonly keyrings: readonly Keyring[]
  readonly value: string | null
  readonly description?: string
  readonly onChange: (name: string) => void
  /** Asks for a keyring that is not there yet. */
  readonly onNew: () => void
}

/** One of the keyrings, or a new one. */
export function KeyringChoice({ label, keyrings, value, description, onChange, onNew }: KeyringChoiceProps) {
  return (
    <div>
      <Select
        label={label}
        description={description}
        inputWrapperOrder={["label", "input", "description", "error"]}
        placeholder={keyrings.length === 0 ? "There is no other yet" : "Choose one"}
        data={keyrings.map(({ name }) => ({ value: name, label: inert(name) }))}
        value={value}
        onChange={(name) => {
          if (name !== null) onChange(name)
        }}
      />
      <Anchor component="button" type="button" size="sm" mt={4} onClick={onNew}>
        New keyring…
      </Anchor>
    </div>
  )
}

/** Those that are for keys, for seeds, or both. */
export function useKeyrings(purposes: readonly Keyring["purpose"][]): readonly Keyring[] {
  const { data } = useAnswer("keyring.list", {})
  return data?.keyrings.filter(({ purpose }) => purposes.includes(purpose)) ?? []
}

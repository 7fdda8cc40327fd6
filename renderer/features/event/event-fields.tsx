import { MultiSelect, Radio, Select, Stack, TextInput } from "@mantine/core"
import type { Algorithm } from "../../../preload/contract/values.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { inert } from "../../ui/inert.ts"
import { useKeyrings } from "../key-actions/keyring-choice.tsx"
import type { EventDraft } from "./event-draft.ts"
import { kinds, kindWords } from "./event-words.ts"
import { KeysChoice } from "./keys-choice.tsx"

interface EventFieldsProps {
  readonly draft: EventDraft
  readonly onChange: (change: Partial<EventDraft>) => void
}

const isAlgorithm = (name: string): name is Algorithm => name in algorithmWords

/** Nothing of these is rotated here: a seed is replaced by moving what it holds. */
const algorithms = Object.keys(algorithmWords)
  .filter(isAlgorithm)
  .filter((name) => !name.startsWith("bip"))

/** What happened, to which keys, and why. */
export function EventFields({ draft, onChange }: EventFieldsProps) {
  return (
    <>
      <Radio.Group
        label="What happened?"
        value={draft.kind}
        onChange={(chosen) => onChange({ kind: kinds.find((kind) => kind === chosen) ?? draft.kind })}
      >
        <Stack gap={8} mt={6}>
          {kinds.map((kind) => (
            <Radio key={kind} value={kind} label={kindWords[kind].label} description={kindWords[kind].says} />
          ))}
        </Stack>
      </Radio.Group>
      <AboutField draft={draft} onChange={onChange} />
      <KeyringField draft={draft} onChange={onChange} />
      <TextInput
        label="Reason"
        description="For the log of each key"
        required
        maxLength={900}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
    </>
  )
}

/** Which keys it touches, as the kind asks for it. */
function AboutField({ draft, onChange }: EventFieldsProps) {
  switch (draft.kind) {
    case "owner-departed":
      return (
        <TextInput
          label="Owner"
          description="As the keys name the person or group"
          required
          data-autofocus
          maxLength={200}
          value={draft.owner}
          onChange={(event) => onChange({ owner: event.currentTarget.value })}
        />
      )
    case "system-decommissioned":
      return (
        <TextInput
          label="Environment"
          description="As the keys name it"
          required
          maxLength={200}
          value={draft.environment}
          onChange={(event) => onChange({ environment: event.currentTarget.value })}
        />
      )
    case "compliance-change":
      return (
        <MultiSelect
          label="Algorithms"
          required
          searchable
          data={algorithms.map((value) => ({ value, label: algorithmWords[value] }))}
          value={[...draft.algorithms]}
          onChange={(chosen) => onChange({ algorithms: chosen.filter(isAlgorithm) })}
        />
      )
    case "suspicion":
      return <KeysChoice value={draft.keys} onChange={(keys) => onChange({ keys })} />
  }
}

function KeyringField({ draft, onChange }: EventFieldsProps) {
  const keyrings = useKeyrings(["general"])
  if (keyrings.length < 2) return null
  return (
    <Select
      label="Keyring"
      description="Of these keys only those in it"
      placeholder="All keyrings"
      clearable
      clearButtonProps={{ "aria-label": "All keyrings" }}
      data={keyrings.map(({ name }) => ({ value: name, label: inert(name) }))}
      value={draft.keyring}
      onChange={(keyring) => onChange({ keyring })}
    />
  )
}

import { TextInput } from "@mantine/core"

interface ExcuseFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** What a compromised version made is opened, or believed, only by whoever says why. */
export function ExcuseField({ value, onChange }: ExcuseFieldProps) {
  return (
    <TextInput
      label="Reason"
      description="Needed for what a compromised version made; the log keeps it"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

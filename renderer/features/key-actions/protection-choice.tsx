import { Select, type SelectProps } from "@mantine/core"
import { lengthWords, withCurrent } from "./counted.ts"

interface ProtectionChoiceProps extends Pick<SelectProps, "inputWrapperOrder"> {
  /** Empty: nobody says. */
  readonly value: string
  readonly onChange: (protectFor: string) => void
  readonly isFocused?: boolean
}

const protections = [
  { value: "", label: "As the policy says" },
  { value: "1y", label: "A year" },
  { value: "5y", label: "5 years" },
  { value: "10y", label: "10 years" },
  { value: "25y", label: "25 years" },
  { value: "50y", label: "50 years" },
]

/** How long what a key protects must stay so: by it Health tells what a quantum computer would come too early for. */
export function ProtectionChoice({ value, onChange, isFocused = false, ...shown }: ProtectionChoiceProps) {
  return (
    <Select
      {...shown}
      label="Must stay protected"
      data-autofocus={isFocused || undefined}
      description="How long what it protects must stay secret, or its signatures be believed."
      data={withCurrent(protections, value, `For ${lengthWords(value)}`)}
      value={value}
      onChange={(chosen) => onChange(chosen ?? "")}
    />
  )
}

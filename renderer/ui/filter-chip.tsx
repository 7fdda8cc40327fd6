import { Button, Menu } from "@mantine/core"

/** No choice: nothing that can be chosen is called so. */
const any = ""

interface FilterChipProps<Value extends string> {
  readonly label: string
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value | undefined
  readonly onChange: (value: Value | undefined) => void
}

/** One thing that a list can be narrowed by, and the choices for it. */
export function FilterChip<Value extends string>({ label, choices, value, onChange }: FilterChipProps<Value>) {
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

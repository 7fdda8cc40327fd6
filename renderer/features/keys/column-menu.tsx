import { ActionIcon, Menu } from "@mantine/core"
import { Icon } from "../../ui/icon.tsx"
import { otherColumns } from "./key-columns.tsx"

interface ColumnMenuProps {
  readonly hidden: readonly string[]
  readonly onChange: (hidden: readonly string[]) => void
}

/** Which columns there are; the name always is. */
export function ColumnMenu({ hidden, onChange }: ColumnMenuProps) {
  return (
    <Menu position="bottom-end" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="Columns" title="Columns">
          <Icon name="columns" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {otherColumns.map(({ id, heading }) => {
          const isShown = !hidden.includes(id)
          return (
            <Menu.CheckboxItem
              key={id}
              checked={isShown}
              onChange={() => onChange(isShown ? [...hidden, id] : hidden.filter((one) => one !== id))}
            >
              {heading}
            </Menu.CheckboxItem>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

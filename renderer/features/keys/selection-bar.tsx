import { ActionIcon, Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { Icon, type IconName } from "../../ui/icon.tsx"
import { count } from "../key-actions/counted.ts"
import { DestroyManyDialog } from "../key-actions/destroy-many-dialog.tsx"
import { ExportManyDialog } from "../key-actions/export-many-dialog.tsx"
import { MoveManyDialog } from "../key-actions/move-many-dialog.tsx"
import { RotateManyDialog } from "../key-actions/rotate-many-dialog.tsx"
import { TagManyDialog } from "../key-actions/tag-many-dialog.tsx"
import type { KeySelection } from "./use-key-selection.ts"

const actions = [
  { id: "rotate", label: "Rotate…", icon: "rotate" },
  { id: "tag", label: "Tag…", icon: "tag" },
  { id: "move", label: "Move…", icon: "folder" },
  { id: "export", label: "Export…", icon: "export" },
  { id: "destroy", label: "Destroy…", icon: "destroy" },
] as const satisfies readonly { id: string; label: string; icon: IconName }[]

type Action = (typeof actions)[number]["id"]

const dialogs = {
  rotate: RotateManyDialog,
  tag: TagManyDialog,
  move: MoveManyDialog,
  export: ExportManyDialog,
  destroy: DestroyManyDialog,
}

/** How many keys are selected, and what can be done with all of them. */
export function SelectionBar({ selection }: { readonly selection: KeySelection }) {
  /** The keys as they were when the dialog opened: what it changes must not change what it shows. */
  const [open, setOpen] = useState<{ readonly action: Action; readonly keys: readonly KeyObject[] } | null>(null)
  const Dialog = open === null ? null : dialogs[open.action]
  return (
    <Group gap={6} className="selection-bar" role="toolbar" aria-label="Selected keys">
      <Text size="sm" fw={600} role="status" mr="auto">
        {count(selection.keys.size, "key")} selected
      </Text>
      {actions.map(({ id, label, icon }) => (
        <Button
          key={id}
          size="compact-sm"
          variant="default"
          className={id === "destroy" ? "is-danger" : ""}
          leftSection={<Icon name={icon} size={14} />}
          onClick={() => setOpen({ action: id, keys: [...selection.keys.values()] })}
        >
          {label}
        </Button>
      ))}
      <ActionIcon variant="subtle" size={26} aria-label="Select none" title="Select none" onClick={selection.clear}>
        <Icon name="close" size={14} />
      </ActionIcon>
      {Dialog !== null && open !== null && (
        <Dialog
          keys={open.keys}
          onClose={(isDone) => {
            setOpen(null)
            if (isDone) selection.clear()
          }}
        />
      )}
    </Group>
  )
}

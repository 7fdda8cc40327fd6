import { Button, Menu } from "@mantine/core"
import type { ReportFormat } from "../../../preload/contract/report.ts"
import { ask } from "../../api/ask.ts"
import type { Task } from "../../api/use-task.ts"
import { Icon } from "../../ui/icon.tsx"

interface ExportMenuProps {
  readonly task: Task
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onExported: (path: string) => void
}

const inventories: readonly { readonly format: ReportFormat; readonly label: string }[] = [
  { format: "csv", label: "Inventory as CSV…" },
  { format: "json", label: "Inventory as JSON…" },
  { format: "cyclonedx", label: "Inventory as CycloneDX…" },
]

/** As many as fit into a calendar that the page may save. */
const mostEvents = 2000

/** Takes along what other programs read: the inventory without material, the due dates for a calendar. */
export function ExportMenu({ task, isOpen, onOpen, onExported }: ExportMenuProps) {
  const run = (save: () => Promise<{ path: string | null }>) =>
    void task.run(async () => {
      const { path } = await save()
      if (path !== null) onExported(path)
    })
  return (
    <Menu
      opened={isOpen}
      onChange={onOpen}
      position="bottom-end"
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="export" size={16} />} disabled={task.isRunning}>
          Export
          <span aria-hidden className="chip-arrow">
            ▾
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {inventories.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => run(() => ask("window.export-inventory", { format }))}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => run(saveCalendar)}>Due dates as calendar…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Of the year to come. */
async function saveCalendar(): Promise<{ path: string | null }> {
  const { calendar = "" } = await ask("report.due", { within: "1y", limit: mostEvents, calendar: true })
  return await ask("window.save", {
    suggestedName: "due.ics",
    content: new TextEncoder().encode(calendar),
  })
}

import { Button, Menu } from "@mantine/core"
import type { ReportFormat } from "../../../preload/contract/report.ts"
import { ask } from "../../api/ask.ts"
import { screenActs } from "../../api/screen-acts.ts"
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

/** One signed archive of all that an auditor asks for. */
async function packForAuditor(): Promise<{ path: string | null }> {
  const { path } = await ask("window.choose", { what: "audit-pack", suggestedName: "audit.zip" })
  if (path !== null) await ask("audit.pack", { out: path, force: true })
  return { path }
}

/** Takes along what other programs read: the inventory without material, the due dates of the year to come for a calendar, a pack for an auditor. */
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
        <Menu.Item onClick={() => run(() => ask("window.export-calendar", { within: "1y" }))}>
          Due dates as calendar…
        </Menu.Item>
        <Menu.Item onClick={() => run(packForAuditor)}>{screenActs["pack-for-auditor"].label}…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

import { ActionIcon, Button, Group, Title } from "@mantine/core"
import { Facts } from "../../ui/facts.tsx"
import { Icon } from "../../ui/icon.tsx"
import { asDateAndTime } from "../../ui/time.ts"
import { capital } from "../key-actions/counted.ts"
import type { AuditFilter, AuditRow } from "./audit-filter.ts"

interface AuditPanelProps {
  readonly row: AuditRow
  readonly onFilter: (filter: AuditFilter) => void
  readonly onClose: () => void
}

/** One row of the log with all that it says. */
export function AuditPanel({ row, onFilter, onClose }: AuditPanelProps) {
  const { seq, at, actor, action, target, outcome, detail, hash } = row
  const keyId = detail["keyId"]
  const facts = Object.entries(detail)
    .filter(([name, value]) => !chained.has(name) && value !== null)
    .map(
      ([name, value]) => [capital(inWords(name)), typeof value === "string" ? value : JSON.stringify(value)] as const,
    )
  return (
    <aside className="panel" aria-label={`Row ${seq}`}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4" className="panel-title">
          {action}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label="Close" title="Close" onClick={onClose}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </Group>
      <Facts
        facts={[
          ["Row", seq],
          ["Time", asDateAndTime(at)],
          ["By", actor],
          ["Target", target ?? "the vault"],
          ["Outcome", outcome],
          ...facts,
          [
            "Hash",
            <code key="hash" className="print">
              {hash}
            </code>,
          ],
        ]}
      />
      <Group gap="xs">
        {typeof keyId === "string" && target !== null && (
          <Button size="compact-sm" variant="default" onClick={() => onFilter({ key: target })}>
            All about this key
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => onFilter({ action })}>
          All of this action
        </Button>
      </Group>
    </aside>
  )
}

/** What holds the chain together says nothing to a person. */
const chained = new Set(["generation", "leaves", "keyId"])

/** `backupId` → `backup id`. */
function inWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

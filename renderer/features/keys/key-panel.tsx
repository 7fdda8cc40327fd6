import { ActionIcon, Button, Group, Stack, Tabs, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"
import { IncidentNotice } from "../incident/incident-notice.tsx"
import { buttonsOf, type KeyActionName } from "../key-actions/actions-of-key.ts"
import { KeyActionDialog } from "../key-actions/key-action-dialog.tsx"
import { SaveCertificate } from "../key-actions/save-certificate.tsx"
import { RotationCard } from "../rotation/rotation-card.tsx"
import { useRotation } from "../rotation/use-rotation.ts"
import { countdownTo } from "./countdown.ts"
import { HistoryTab } from "./history-tab.tsx"
import { OverviewTab } from "./overview-tab.tsx"
import { PolicyTab } from "./policy-tab.tsx"
import { RelationsTab } from "./relations-tab.tsx"
import { StateBadge } from "./state-badge.tsx"
import { UseTab } from "./use-tab.tsx"
import { VersionsTab } from "./versions-tab.tsx"

interface KeyPanelProps {
  readonly name: string
  readonly onOpenKey: (name: string) => void
  readonly onClose: () => void
}

/** One key beside the list. */
export function KeyPanel({ name, onOpenKey, onClose }: KeyPanelProps) {
  const { data, error } = useAnswer("key.show", { name })
  return (
    <aside className="panel" aria-label={`Key ${name}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="h4" className="panel-title">
          {inert(name)}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label="Close this key" onClick={onClose}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </Group>
      <FailureNotice failure={error} />
      {data !== undefined && <KeyDetails value={data} onOpenKey={onOpenKey} onClose={onClose} />}
    </aside>
  )
}

interface KeyDetailsProps extends Pick<KeyPanelProps, "onOpenKey" | "onClose"> {
  readonly value: KeyObject
}

function KeyDetails({ value, onOpenKey, onClose }: KeyDetailsProps) {
  const { rotation } = useRotation(value.id)
  return (
    <Stack gap="md">
      <Group gap="xs">
        <StateBadge state={value.state} />
        {value.destroysAt !== undefined && (
          <Text size="sm" c="orange">
            {countdownTo(value.destroysAt)}
          </Text>
        )}
      </Group>
      <KeyActions value={value} rotation={rotation} onDestroyed={onClose} />
      {value.state === "destroyed" && <SaveCertificate name={value.name} />}
      <IncidentNotice value={value} />
      {rotation !== null && <RotationCard rotation={rotation} />}
      <Tabs defaultValue="overview" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="use">Use</Tabs.Tab>
          <Tabs.Tab value="relations">Relations</Tabs.Tab>
          <Tabs.Tab value="policy">Policy</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          <OverviewTab value={value} onRenamed={onOpenKey} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <VersionsTab value={value} />
        </Tabs.Panel>
        <Tabs.Panel value="use" pt="md">
          <UseTab value={value} />
        </Tabs.Panel>
        <Tabs.Panel value="relations" pt="md">
          <RelationsTab value={value} onOpenKey={onOpenKey} />
        </Tabs.Panel>
        <Tabs.Panel value="policy" pt="md">
          <PolicyTab value={value} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <HistoryTab name={value.name} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

interface KeyActionsProps {
  readonly value: KeyObject
  readonly rotation: RotationObject | null
  readonly onDestroyed: () => void
}

/** What the key's state allows, each with its dialog. */
function KeyActions({ value, rotation, onDestroyed }: KeyActionsProps) {
  const [action, setAction] = useState<KeyActionName | null>(null)
  return (
    <Group gap={6}>
      {buttonsOf(value, rotation).map(({ name, label, icon }) => (
        <Button
          key={name}
          size="xs"
          variant={name === "rotate" ? "filled" : "default"}
          className={name === "destroy" ? "is-danger" : ""}
          leftSection={<Icon name={icon} size={14} />}
          onClick={() => setAction(name)}
        >
          {`${label}…`}
        </Button>
      ))}
      {action !== null && (
        <KeyActionDialog
          value={value}
          action={action}
          onClose={() => setAction(null)}
          onSuspend={() => setAction("suspend")}
          onDestroyed={onDestroyed}
        />
      )}
    </Group>
  )
}

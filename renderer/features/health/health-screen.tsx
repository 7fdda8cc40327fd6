import { Group, Tabs, Title } from "@mantine/core"
import { useState } from "react"
import type { KeyFilter } from "../keys/key-filter.ts"
import { DueTab } from "./due-tab.tsx"
import type { HealthActs } from "./health-acts.ts"
import { type KeyAct, KeyActDialog } from "./key-act-dialog.tsx"

interface HealthScreenProps {
  readonly onOpenKey: (name: string) => void
  readonly onShowKeys: (filter: KeyFilter) => void
}

/** How the vault's keys are: what is due, what is wrong, and what to do about it. */
export function HealthScreen({ onOpenKey, onShowKeys }: HealthScreenProps) {
  const [act, setAct] = useState<KeyAct | null>(null)
  const acts: HealthActs = { openKey: onOpenKey, showKeys: onShowKeys, begin: setAct }
  return (
    <section className="screen" aria-label="Health">
      <Group justify="space-between" wrap="nowrap" className="screen-head">
        <Title order={1} size="h3">
          Health
        </Title>
      </Group>
      <Tabs defaultValue="due" keepMounted={false} className="health-tabs">
        <Tabs.List>
          <Tabs.Tab value="due">Due</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="due">
          <DueTab acts={acts} />
        </Tabs.Panel>
      </Tabs>
      {act !== null && <KeyActDialog {...act} onBegin={setAct} onOpenKey={onOpenKey} onClose={() => setAct(null)} />}
    </section>
  )
}

import { Tabs } from "@mantine/core"
import { type ReactNode, useState } from "react"
import type { BegunAct } from "../../api/screen-acts.ts"
import { useBegunAct } from "../../api/use-begun-act.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import type { KeyFilter } from "../keys/key-filter.ts"
import { KeyringPolicies } from "../policy/keyring-policies.tsx"
import { DestructionsDialog } from "./destructions-dialog.tsx"
import { DueTab } from "./due-tab.tsx"
import { FindingsTab } from "./findings-tab.tsx"
import type { HealthActs } from "./health-acts.ts"
import { HealthHead } from "./health-head.tsx"
import { HygieneTab } from "./hygiene-tab.tsx"
import { IdleTab } from "./idle-tab.tsx"
import { type KeyAct, KeyActDialog } from "./key-act-dialog.tsx"
import { KeyringRotation } from "./keyring-rotation.tsx"
import { KeysTab } from "./keys-tab.tsx"
import { QuantumTab } from "./quantum-tab.tsx"
import { UntestedTab } from "./untested-tab.tsx"
import { useHealthCounts } from "./use-health-counts.ts"

interface HealthScreenProps {
  readonly begun: BegunAct | null
  readonly onOpenKey: (name: string) => void
  readonly onShowKeys: (filter: KeyFilter) => void
  readonly onBackups: () => void
}

/** The parts of the screen, in their order; some have a figure. */
const tabs = [
  { name: "due", label: "Due" },
  { name: "findings", label: "Findings" },
  { name: "hygiene", label: "Hygiene" },
  { name: "keys", label: "Keys" },
  { name: "quantum", label: "Quantum" },
  { name: "idle", label: "Unused" },
  { name: "backups", label: "Backups" },
  { name: "policies", label: "Policies" },
] as const

type TabName = (typeof tabs)[number]["name"]

/** How the vault's keys are: what is due, what is wrong, and what to do about it. */
export function HealthScreen({ begun, onOpenKey, onShowKeys, onBackups }: HealthScreenProps) {
  const task = useTask()
  const [shown, setShown] = useState<TabName>("due")
  const [act, setAct] = useState<KeyAct | null>(null)
  const [keyring, setKeyring] = useState<string | null>(null)
  const [isExporting, setExporting] = useState(false)
  const [isRegister, setRegister] = useState(false)
  const counts = useHealthCounts()
  useBegunAct(begun, {
    "check-policies": () => setShown("findings"),
    "export-inventory": () => setExporting(true),
    "pack-for-auditor": () => setExporting(true),
    destructions: () => setRegister(true),
  })
  const acts: HealthActs = { openKey: onOpenKey, showKeys: onShowKeys, begin: setAct, rotateKeyring: setKeyring }
  const parts: Readonly<Record<TabName, ReactNode>> = {
    due: <DueTab acts={acts} />,
    findings: <FindingsTab acts={acts} onPolicies={() => setShown("policies")} />,
    hygiene: <HygieneTab acts={acts} onBackups={onBackups} />,
    keys: <KeysTab acts={acts} />,
    quantum: <QuantumTab acts={acts} />,
    idle: <IdleTab acts={acts} />,
    backups: <UntestedTab onBackups={onBackups} />,
    policies: <KeyringPolicies />,
  }
  return (
    <section className="screen" aria-label="Health">
      <HealthHead
        task={task}
        isExporting={isExporting}
        onExporting={setExporting}
        onDestructions={() => setRegister(true)}
      />
      <FailureNotice failure={task.failure} />
      <Tabs
        value={shown}
        onChange={(picked) => setShown(tabs.find(({ name }) => name === picked)?.name ?? "due")}
        keepMounted={false}
        className="health-tabs"
      >
        <Tabs.List>
          {tabs.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
              {(counts[name] ?? 0) > 0 && <span className="health-count"> {counts[name]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name }) => (
          <Tabs.Panel key={name} value={name}>
            {parts[name]}
          </Tabs.Panel>
        ))}
      </Tabs>
      {isRegister && <DestructionsDialog onOpenKey={onOpenKey} onClose={() => setRegister(false)} />}
      {keyring !== null && <KeyringRotation name={keyring} onClose={() => setKeyring(null)} />}
      {act !== null && <KeyActDialog {...act} onBegin={setAct} onOpenKey={onOpenKey} onClose={() => setAct(null)} />}
    </section>
  )
}

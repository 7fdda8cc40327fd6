import { SegmentedControl, Select } from "@mantine/core"
import type { LockLimits } from "../../../preload/contract/policy.ts"
import type { Preferences } from "../../../preload/contract/preferences.ts"
import { Card } from "../../ui/card.tsx"
import { LockSettings } from "./lock-settings.tsx"
import { RemovalLocks } from "./removal-locks.tsx"

interface BehaviourSettingsProps {
  readonly preferences: Preferences
  /** What the policies of the open vault allow, once that is known. */
  readonly limits: LockLimits | null
  readonly onChange: (changes: Partial<Preferences>) => void
}

const appearances = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const

const clipboardTimes = [
  { value: "5", label: "5 seconds" },
  { value: "10", label: "10 seconds" },
  { value: "30", label: "30 seconds" },
]

export function BehaviourSettings({ preferences, limits, onChange }: BehaviourSettingsProps) {
  const { appearance, clearClipboardAfter } = preferences
  return (
    <>
      <Card title="Appearance">
        <SegmentedControl
          aria-label="Appearance"
          data={[...appearances]}
          value={appearance}
          onChange={(value) => {
            const chosen = appearances.find((one) => one.value === value)
            if (chosen !== undefined) onChange({ appearance: chosen.value })
          }}
        />
      </Card>
      <Card
        title="Locking"
        says="On every lock the window's process ends and a new one starts: nothing of the vault stays in it."
      >
        <LockSettings preferences={preferences} limits={limits} onChange={onChange} />
        <RemovalLocks />
      </Card>
      <Card title="Clipboard" says="A copied secret is taken back, if it is still there.">
        <Select
          label="After"
          w={200}
          data={clipboardTimes}
          value={String(clearClipboardAfter)}
          onChange={(value) => onChange({ clearClipboardAfter: Number(value) })}
        />
      </Card>
    </>
  )
}

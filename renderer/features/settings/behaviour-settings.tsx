import { SegmentedControl, Select, SimpleGrid, Switch } from "@mantine/core"
import type { Preferences } from "../../../preload/contract/preferences.ts"
import { Card } from "../../ui/card.tsx"
import { RemovalLocks } from "./removal-locks.tsx"

interface BehaviourSettingsProps {
  readonly preferences: Preferences
  readonly onChange: (changes: Partial<Preferences>) => void
}

const appearances = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const

const idleTimes = [
  { value: "30", label: "30 seconds" },
  { value: "60", label: "1 minute" },
  { value: "300", label: "5 minutes" },
  { value: "900", label: "15 minutes" },
  { value: "3600", label: "1 hour" },
]

const clipboardTimes = [
  { value: "5", label: "5 seconds" },
  { value: "10", label: "10 seconds" },
  { value: "30", label: "30 seconds" },
]

export function BehaviourSettings({ preferences, onChange }: BehaviourSettingsProps) {
  const { appearance, lockAfterIdle, lockAfterIdleOnSeeds, clearClipboardAfter } = preferences
  const toggle = (name: "lockOnScreenLock" | "lockOnSuspend" | "lockOnClose", label: string) => (
    <Switch
      label={label}
      checked={preferences[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
    />
  )
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
        <SimpleGrid cols={2}>
          <Select
            label="When nobody touches it"
            data={idleTimes}
            value={String(lockAfterIdle)}
            onChange={(value) => onChange({ lockAfterIdle: Number(value) })}
          />
          <Select
            label="On the screen with seeds"
            data={idleTimes}
            value={String(lockAfterIdleOnSeeds)}
            onChange={(value) => onChange({ lockAfterIdleOnSeeds: Number(value) })}
          />
        </SimpleGrid>
        {toggle("lockOnScreenLock", "When the screen is locked")}
        {toggle("lockOnSuspend", "When the machine goes to sleep")}
        {toggle("lockOnClose", "When the window is closed")}
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

import { Select, SimpleGrid, Switch } from "@mantine/core"
import type { LockLimits } from "../../../preload/contract/policy.ts"
import type { Preferences } from "../../../preload/contract/preferences.ts"
import { inert } from "../../ui/inert.ts"

interface LockSettingsProps {
  readonly preferences: Preferences
  readonly limits: LockLimits | null
  readonly onChange: (changes: Partial<Preferences>) => void
}

const idleTimes = [
  { seconds: 30, label: "30 seconds" },
  { seconds: 60, label: "1 minute" },
  { seconds: 300, label: "5 minutes" },
  { seconds: 900, label: "15 minutes" },
  { seconds: 3600, label: "1 hour" },
] as const

/** When the vault locks by itself: as the person likes it, and no later than the policies of its keyrings have it. */
export function LockSettings({ preferences, limits, onChange }: LockSettingsProps) {
  const { lockAfterIdle, lockAfterIdleOnSeeds } = preferences
  const toggle = (
    name: "lockOnScreenLock" | "lockOnSuspend" | "lockOnClose",
    demand: LockLimits["onSuspend"] | undefined,
    label: string,
  ) => (
    <Switch
      label={label}
      {...(demand ? { description: `The policy of ${inert(demand.keyring)} has it so.` } : {})}
      checked={preferences[name] || Boolean(demand)}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
    />
  )
  return (
    <>
      <SimpleGrid cols={2}>
        <IdleSelect
          label="When nobody touches it"
          seconds={lockAfterIdle}
          limit={limits?.afterIdle ?? null}
          onChange={(seconds) => onChange({ lockAfterIdle: seconds })}
        />
        <IdleSelect
          label="On the screen with seeds"
          seconds={lockAfterIdleOnSeeds}
          limit={limits?.afterIdleOnSeeds ?? null}
          onChange={(seconds) => onChange({ lockAfterIdleOnSeeds: seconds })}
        />
      </SimpleGrid>
      {toggle("lockOnScreenLock", limits?.onScreenLock, "When the screen is locked")}
      {toggle("lockOnSuspend", limits?.onSuspend, "When the machine goes to sleep")}
      {toggle("lockOnClose", limits?.onClose, "When the window is closed")}
    </>
  )
}

interface IdleSelectProps {
  readonly label: string
  readonly seconds: number
  readonly limit: LockLimits["afterIdle"]
  readonly onChange: (seconds: number) => void
}

/** A longer time than the policy's can be chosen, and is refused with the rule: it is not hidden why. */
function IdleSelect({ label, seconds, limit, onChange }: IdleSelectProps) {
  const effective = limit === null ? seconds : Math.min(seconds, limit.seconds)
  const isListed = idleTimes.some((time) => time.seconds === effective)
  const times = isListed ? idleTimes : [...idleTimes, { seconds: effective, label: inWords(effective) }]
  return (
    <Select
      label={label}
      {...(limit === null
        ? {}
        : { description: `At most ${inWords(limit.seconds)}, by the policy of ${inert(limit.keyring)}.` })}
      data={times.map((time) => ({ value: String(time.seconds), label: time.label }))}
      value={String(effective)}
      onChange={(value) => onChange(Number(value))}
    />
  )
}

function inWords(seconds: number): string {
  const known = idleTimes.find((time) => time.seconds === seconds)
  if (known !== undefined) return known.label
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`
}

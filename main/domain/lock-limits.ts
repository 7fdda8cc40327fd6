import type { LockLimits } from "../../preload/contract/policy.ts"
import type { Preferences } from "../../preload/contract/preferences.ts"
import type { Policy } from "./policy-profiles.ts"
import { VaultError } from "./vault-error.ts"

const times = ["afterIdle", "afterIdleOnSeeds"] as const
const events = ["onScreenLock", "onSuspend", "onClose"] as const

type Time = (typeof times)[number]
type Event = (typeof events)[number]

/** No policy asks for more, and none lets the vault be open for longer than this without use: nobody's own setting does. */
const longest = 86_400

interface OfKeyring {
  readonly keyring: string
  readonly policy: Pick<Policy, "lock">
}

/** What all of them together ask for: of each setting the strictest. */
export function lockLimits(all: readonly OfKeyring[]): LockLimits {
  return {
    afterIdle: shortest(all, "afterIdle"),
    afterIdleOnSeeds: shortest(all, "afterIdleOnSeeds"),
    onScreenLock: firstWith(all, "onScreenLock"),
    onSuspend: firstWith(all, "onSuspend"),
    onClose: firstWith(all, "onClose"),
  }
}

function shortest(all: readonly OfKeyring[], time: Time): LockLimits[Time] {
  const [first] = all
    .filter(({ policy }) => policy.lock[time] < longest)
    .toSorted((one, other) => one.policy.lock[time] - other.policy.lock[time])
  return first === undefined ? null : { seconds: first.policy.lock[time], keyring: first.keyring }
}

function firstWith(all: readonly OfKeyring[], event: Event): LockLimits[Event] {
  const first = all.find(({ policy }) => policy.lock[event])
  return first === undefined ? null : { keyring: first.keyring }
}

type LockPreferences = Pick<
  Preferences,
  "lockAfterIdle" | "lockAfterIdleOnSeeds" | "lockOnScreenLock" | "lockOnSuspend" | "lockOnClose"
>

type LockChanges = { readonly [Name in keyof LockPreferences]?: LockPreferences[Name] | undefined }

const preferenceFor = {
  afterIdle: "lockAfterIdle",
  afterIdleOnSeeds: "lockAfterIdleOnSeeds",
  onScreenLock: "lockOnScreenLock",
  onSuspend: "lockOnSuspend",
  onClose: "lockOnClose",
} as const satisfies Readonly<Record<Time | Event, keyof LockPreferences>>

/** What holds while the vault is open: the person's own settings, where a policy does not ask for more. */
export function withinLimits<Own extends LockPreferences>(own: Own, limits: LockLimits): Own {
  return {
    ...own,
    lockAfterIdle: Math.min(own.lockAfterIdle, limits.afterIdle?.seconds ?? longest),
    lockAfterIdleOnSeeds: Math.min(own.lockAfterIdleOnSeeds, limits.afterIdleOnSeeds?.seconds ?? longest),
    lockOnScreenLock: own.lockOnScreenLock || limits.onScreenLock !== null,
    lockOnSuspend: own.lockOnSuspend || limits.onSuspend !== null,
    lockOnClose: own.lockOnClose || limits.onClose !== null,
  }
}

const eventWords: Readonly<Record<Event, string>> = {
  onScreenLock: "when the screen is locked",
  onSuspend: "when the machine goes to sleep",
  onClose: "when the window is closed",
}

/** @param changes - what a person sets @throws `POLICY_DENIED` when that is looser than a policy allows */
export function requireWithinLimits(changes: LockChanges, limits: LockLimits): void {
  for (const time of times) {
    const [limit, wanted] = [limits[time], changes[preferenceFor[time]]]
    if (limit === null || wanted === undefined || wanted <= limit.seconds) continue
    const where = time === "afterIdle" ? "" : " on screens with seeds"
    refuse(
      `The policy of ${limit.keyring} has the vault lock after ${limit.seconds} seconds without use${where}, at the latest.`,
      `Choose ${limit.seconds} seconds or fewer, or change the policy of ${limit.keyring}.`,
    )
  }
  for (const event of events) {
    const limit = limits[event]
    if (limit === null || changes[preferenceFor[event]] !== false) continue
    refuse(
      `The policy of ${limit.keyring} has the vault lock ${eventWords[event]}.`,
      `Leave it on, or change the policy of ${limit.keyring}.`,
    )
  }
}

function refuse(message: string, fix: string): never {
  throw new VaultError("POLICY_DENIED", `lock-times: ${message} ${fix}`)
}

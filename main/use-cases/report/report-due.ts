import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { DueEvent, DueItem } from "../../../preload/contract/report.ts"
import type { Duration } from "../../../preload/contract/values.ts"
import { icalendar } from "../../domain/calendar.ts"
import { durationMs, later } from "../../domain/cryptoperiod.ts"
import { byTime, overdueBefore, rotationFix, standingOf } from "../../domain/due.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { DueKey } from "../../domain/report-source.ts"
import type { Session } from "../../domain/session.ts"
import { commandOn } from "../../domain/shell-words.ts"
import { destructionFix } from "../../domain/waiting-destruction.ts"
import { advanceKeyStates } from "../key/advance-key-states.ts"
import { timeOf } from "../key/key-object.ts"

type Result = OutputOf<"report.due">

/** What a calendar says of each, before the name. */
const summaries: Readonly<Record<DueEvent, string>> = { rotation: "Rotate", expiry: "Ends:", destruction: "Destroyed:" }

const everything = Number.MAX_SAFE_INTEGER

/** What is to be renewed, ends by itself or is destroyed until then: keys, the keyrings' own keys where a policy limits them, the master key. */
export function reportDue(session: Session<OpenVault>) {
  return ({ within, limit, calendar }: InputOf<"report.due">): Result => {
    const vault = session.current()
    advanceKeyStates(vault)
    const now = timeOf(vault)
    const until = later(now, within)
    // A calendar that leaves something out would be believed.
    const most = calendar === true ? everything : limit
    const keys = vault.reports.dueKeys(until, most).map((key) => keyItem(key, now))
    const others = [...keyringItems(vault, now), ...masterKeyItem(vault, now)].filter(({ at }) => at <= until)
    const counts = { ...vault.reports.countDue({ overdueBefore: overdueBefore(now), now, until }) }
    for (const { standing } of others) counts[standing] += 1
    const all = [...keys, ...others].sort(byTime)
    const due = all.slice(0, limit)
    return { counts, due, ...(calendar === true ? { calendar: calendarOf(vault.vaultId, all, now) } : {}) }
  }
}

function keyItem(key: DueKey, now: string): DueItem {
  const { name, keyring, owner, event, at } = key
  return { what: "key", name, event, at, standing: standingOf(at, now), keyring, owner, fix: fixOf(key, now) }
}

function fixOf(key: DueKey, now: string): string {
  const { name, event, at } = key
  if (event === "destruction") return destructionFix(name, at <= now)
  if (event === "rotation") return rotationFix(key)
  return `Give it a later end, or make a new key in its place: ${commandOn(name, "key set", "--expires T")}.`
}

function keyringItems(vault: OpenVault, now: string): DueItem[] {
  return vault.reports.keyEncryptionKeys().flatMap(({ id, keyring: name, createdAt }) => {
    const period = vault.policies.of({ id, name }).cryptoperiods["key-wrapping"]
    return period === undefined ? [] : [ownKeyItem("keyring", name, later(createdAt, period), now)]
  })
}

/** It wraps every keyring's key: the strictest of their policies counts. */
function masterKeyItem(vault: OpenVault, now: string): DueItem[] {
  const periods = vault.keyrings.list().flatMap((keyring): Duration[] => {
    const period = vault.policies.of(keyring).cryptoperiods["key-wrapping"]
    return period === undefined ? [] : [period]
  })
  const [shortest] = periods.sort((one, other) => durationMs(one) - durationMs(other))
  if (shortest === undefined) return []
  return [ownKeyItem("master-key", vault.vaultId, later(vault.reports.masterKeySince(), shortest), now)]
}

function ownKeyItem(what: "keyring" | "master-key", name: string, at: string, now: string): DueItem {
  const fix = what === "keyring" ? commandOn(name, "keyring rotate") : "vault rekey"
  const keyring = what === "keyring" ? name : null
  return { what, name, event: "rotation", at, standing: standingOf(at, now), keyring, owner: null, fix }
}

function calendarOf(vaultId: string, due: readonly DueItem[], now: string): string {
  const events = due.map(({ what, name, event, at, fix }) => ({
    uid: `${what}/${name}/${event}@${vaultId}.claviger`,
    at,
    summary: `${summaries[event]} ${what === "master-key" ? "the vault's master key" : name}`,
    description: fix,
  }))
  return icalendar(events, now)
}

import type { KeyFinding } from "../../../preload/contract/key-object.ts"
import { isDue } from "../../domain/cryptoperiod.ts"
import { rotationFix } from "../../domain/due.ts"
import type { Key } from "../../domain/key.ts"
import { findingsUnder } from "../../domain/policy.ts"
import type { Policy } from "../../domain/policy-profiles.ts"
import { commandOn } from "../../domain/shell-words.ts"
import { destructionFix, destructionOf } from "../../domain/waiting-destruction.ts"

/** What is compromised or due, and what the keyring's policy objects to. @param now - RFC 3339 UTC */
export function findingsOf(key: Key, now: string, policy: Policy): KeyFinding[] {
  return [...compromised(key), ...rotationDue(key, now), ...destructionToCome(key, now), ...findingsUnder(policy, key)]
}

function compromised({ name, state }: Key): KeyFinding[] {
  if (state !== "compromised") return []
  return [
    {
      rule: "compromised",
      severity: "error",
      message: "It is compromised: others may have it.",
      fix: `Give it a new version: ${commandOn(name, "key rotate")}.`,
    },
  ]
}

function rotationDue(key: Key, now: string): KeyFinding[] {
  if (!isDue(key, now)) return []
  return [
    {
      rule: "rotation-due",
      severity: "warning",
      message: `Rotation was due at ${key.nextRotationAt}.`,
      fix: rotationFix(key),
    },
  ]
}

function destructionToCome(key: Key, now: string): KeyFinding[] {
  const destroysAt = destructionOf(key)
  if (destroysAt === null) return []
  const isDueNow = destroysAt <= now
  return [
    {
      rule: isDueNow ? "destruction-due" : "destruction-pending",
      severity: "warning",
      message: isDueNow
        ? `Its waiting time was over at ${destroysAt}.`
        : `It is destroyed after ${destroysAt}, unless that is taken back.`,
      fix: destructionFix(key.name, isDueNow),
    },
  ]
}

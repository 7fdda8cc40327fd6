import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { UsageFinding } from "../../../preload/contract/report.ts"
import { durationMs } from "../../domain/cryptoperiod.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { KeyUsage } from "../../domain/report-source.ts"
import type { Session } from "../../domain/session.ts"
import { timestamp } from "../../domain/timestamp.ts"

type Result = OutputOf<"report.usage">

/** Keys that do no work: never used, unused for so long, and those of them that nobody answers for. @throws `NOT_FOUND` */
export function reportUsage(session: Session<OpenVault>) {
  return async ({ unusedFor, keyring, limit }: InputOf<"report.usage">): Promise<Result> => {
    const vault = session.current()
    if (keyring !== undefined) vault.keyrings.find(keyring)
    const since = timestamp(vault.now() - durationMs(unusedFor))
    const counts = { keys: 0, neverUsed: 0, unused: 0, orphaned: 0 }
    const keys: Result["keys"] = []
    for await (const { groups, notable } of vault.reports.usage(since, keyring, limit)) {
      for (const group of groups) count(group, counts)
      for (const { id, name, keyring: place, owner, createdAt, ...usage } of notable) {
        const lastUsedAt = usage.isNeverUsed ? null : vault.reports.lastUsed(id)
        keys.push({ name, keyring: place, owner, createdAt, lastUsedAt, findings: usageFindings(usage) })
      }
    }
    return { counts, keys }
  }
}

function count(group: KeyUsage & { readonly keys: number }, counts: Result["counts"]): void {
  const findings = usageFindings(group)
  counts.keys += group.keys
  if (findings.includes("never-used")) counts.neverUsed += group.keys
  if (findings.includes("unused")) counts.unused += group.keys
  if (findings.includes("orphaned")) counts.orphaned += group.keys
}

/** A key that is newer than that has had no time to be used: it is never used, and not unused yet. */
function usageFindings({ isNeverUsed, isIdle, hasOwner }: KeyUsage): UsageFinding[] {
  const findings: UsageFinding[] = []
  if (isNeverUsed) findings.push("never-used")
  if (isIdle) findings.push("unused")
  if (isIdle && !hasOwner) findings.push("orphaned")
  return findings
}

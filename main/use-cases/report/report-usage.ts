import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { UsageFinding } from "../../../preload/contract/report.ts"
import type { KeyState } from "../../../preload/contract/values.ts"
import { durationMs } from "../../domain/cryptoperiod.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { timestamp } from "../../domain/timestamp.ts"

type Result = OutputOf<"report.usage">

const working: readonly KeyState[] = ["active", "suspended"]

/** Keys that do no work: never used, unused for so long, and those of them that nobody answers for. @throws `NOT_FOUND` */
export function reportUsage(session: Session<OpenVault>) {
  return async ({ unusedFor, keyring, limit }: InputOf<"report.usage">): Promise<Result> => {
    const vault = session.current()
    if (keyring !== undefined) vault.keyrings.find(keyring)
    const since = timestamp(vault.now() - durationMs(unusedFor))
    const counts = { keys: 0, neverUsed: 0, unused: 0, orphaned: 0 }
    const keys: Result["keys"] = []
    for await (const page of vault.keys.outlines({ keyring, states: working })) {
      for (const { id, name, keyring: place, owner, createdAt } of page) {
        const lastUsedAt = vault.reports.lastUsed(id)
        const findings = usageFindings({ createdAt, lastUsedAt, owner }, since)
        counts.keys += 1
        if (findings.includes("never-used")) counts.neverUsed += 1
        if (findings.includes("unused")) counts.unused += 1
        if (findings.includes("orphaned")) counts.orphaned += 1
        if (findings.length > 0 && keys.length < limit) {
          keys.push({ name, keyring: place, owner, createdAt, lastUsedAt, findings })
        }
      }
    }
    return { counts, keys }
  }
}

interface Usage {
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly owner: string | null
}

/** A key that is newer than that has had no time to be used. */
function usageFindings({ createdAt, lastUsedAt, owner }: Usage, since: string): UsageFinding[] {
  const isIdle = (lastUsedAt ?? createdAt) < since
  if (!isIdle) return lastUsedAt === null ? ["never-used"] : []
  const own = lastUsedAt === null ? (["never-used", "unused"] as const) : (["unused"] as const)
  return owner === null ? [...own, "orphaned"] : [...own]
}

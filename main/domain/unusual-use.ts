import type { UnusualKind } from "../../preload/contract/audit.ts"
import type { UnusualThresholds } from "../../preload/contract/policy-file.ts"
import { durationMs } from "./cryptoperiod.ts"
import { effectivePolicy } from "./policy-profiles.ts"

/** A row of the log, as far as it tells when what was used. */
export interface LoggedRow {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly action: string
  readonly outcome: string
  readonly keyId: string | null
}

/** Something in the log that was not so before. It is for a person to judge: nothing says that it is wrong. */
export interface UnusualUse {
  readonly kind: UnusualKind
  /** The key whose use it is; `null` where it is about the vault. */
  readonly keyId: string | null
  /** Of the first and the last row of it, in milliseconds since 1970. */
  readonly from: number
  readonly to: number
  readonly rows: number
  /** Why it is unusual, as a sentence with its figures. */
  readonly reason: string
}

/** Where the hands of the clock on the wall stood. */
export interface LocalTime {
  /** Days since some day: the same number all day long. */
  readonly day: number
  readonly hour: number
}

/** Of several policies, what the strictest of each has; of none, what is usual. */
export function strictestThresholds(all: readonly UnusualThresholds[]): UnusualThresholds {
  const [first = effectivePolicy({ profile: "personal" }).unusual, ...others] = all
  return others.reduce(
    (so, { burstUses, burstFactor, oddHourDays, rest, failures }) => ({
      burstUses: Math.min(so.burstUses, burstUses),
      burstFactor: Math.min(so.burstFactor, burstFactor),
      oddHourDays: Math.min(so.oddHourDays, oddHourDays),
      rest: durationMs(rest) < durationMs(so.rest) ? rest : so.rest,
      failures: Math.min(so.failures, failures),
    }),
    first,
  )
}

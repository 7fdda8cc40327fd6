import type { OutputOf } from "../../../preload/contract/index.ts"
import type { Algorithm, Duration } from "../../../preload/contract/values.ts"
import { earlier } from "../../domain/cryptoperiod.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { advanceKeyStates } from "../key/advance-key-states.ts"
import { timeOf } from "../key/key-object.ts"

type Result = OutputOf<"report.health">

/** Where one age ends and the next begins: a quarter, a year, and the cryptoperiods of NIST SP 800-57. */
const ends: readonly Duration[] = ["90d", "1y", "2y", "3y"]

/** Of what kinds and ages the active keys are. */
export function reportHealth(session: Session<OpenVault>) {
  return (): Result => {
    const vault = session.current()
    advanceKeyStates(vault)
    const now = timeOf(vault)
    const moments = ends.map((age) => earlier(now, age))
    const ages = vault.reports.countByAge("active", moments).map((keys, index) => ({
      olderThan: ends[index - 1] ?? null,
      youngerThan: ends[index] ?? null,
      keys,
    }))
    return { keys: ages.reduce((sum, { keys }) => sum + keys, 0), algorithms: algorithmsOf(vault), ages }
  }
}

function algorithmsOf(vault: OpenVault): Result["algorithms"] {
  const counts = new Map<Algorithm, number>()
  for (const { algorithm, keys } of vault.reports.countByAlgorithm(["active"])) {
    counts.set(algorithm, (counts.get(algorithm) ?? 0) + keys)
  }
  return [...counts].map(([algorithm, keys]) => ({ algorithm, keys })).sort((one, other) => other.keys - one.keys)
}

import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyState } from "../../../preload/contract/values.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { quantumStanding } from "../../domain/quantum.ts"
import type { Session } from "../../domain/session.ts"

type Result = OutputOf<"report.quantum">

/** A deactivated key does no new work, but what it protected can be recorded all the same. */
const there: readonly KeyState[] = ["pre-active", "active", "suspended", "deactivated"]

/** Which keys a quantum computer breaks, and what does their job then. */
export function reportQuantum(session: Session<OpenVault>) {
  return async ({ limit }: InputOf<"report.quantum">): Promise<Result> => {
    const vault = session.current()
    const groups = vault.reports.countByAlgorithm(there).map(({ algorithm, purpose, keys }) => {
      const { moveTo, ...standing } = quantumStanding(algorithm, purpose)
      return { algorithm, purpose, keys, ...standing, moveTo: [...moveTo] }
    })
    const atRisk = groups.filter(({ exposure }) => exposure !== "none")
    const exposedCount = atRisk.reduce((sum, { keys }) => sum + keys, 0)
    const exposed: Result["exposed"] = []
    for (const exposure of ["recorded-now-read-later", "forged-later"] as const) {
      const kinds = atRisk.filter((group) => group.exposure === exposure)
      if (kinds.length > 0) await addExposed(vault, kinds, exposed, limit)
    }
    return { groups, exposedCount, exposed }
  }
}

/** Keys of these kinds, until there are enough. */
async function addExposed(
  vault: OpenVault,
  kinds: Result["groups"],
  exposed: Result["exposed"],
  limit: number,
): Promise<void> {
  const algorithms = kinds.map(({ algorithm }) => algorithm)
  const purposes = kinds.map(({ purpose }) => purpose)
  for await (const page of vault.keys.outlines({ states: there, algorithms, purposes })) {
    for (const { name, keyring, owner, algorithm, purpose } of page) {
      if (exposed.length >= limit) return
      const kind = kinds.find((each) => each.algorithm === algorithm && each.purpose === purpose)
      if (kind === undefined) continue
      const { exposure, moveTo } = kind
      exposed.push({ name, keyring, owner, algorithm, purpose, exposure, moveTo })
    }
  }
}

import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { QuantumExposure, QuantumOutlook } from "../../../preload/contract/report.ts"
import type { Duration, KeyState } from "../../../preload/contract/values.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { outlookFor, type QuantumStanding, quantumSource, quantumStanding } from "../../domain/quantum.ts"
import type { ProtectingKind } from "../../domain/report-source.ts"
import type { Session } from "../../domain/session.ts"
import { timeOf } from "../key/key-object.ts"

type Result = OutputOf<"report.quantum">

/** A deactivated key does no new work, but what it protected can be recorded all the same. */
const there: readonly KeyState[] = ["pre-active", "active", "suspended", "deactivated"]

/** The most urgent first. */
const outlooks: readonly QuantumOutlook[] = ["too-long", "unsaid", "in-time"]
const exposures: readonly QuantumExposure[] = ["recorded-now-read-later", "forged-later"]

interface Kind extends QuantumStanding {
  readonly keys: number
  readonly of: ProtectingKind
  readonly outlook: QuantumOutlook
  /** As the key says, or the policy of its keyring. */
  readonly protectFor: Duration | null
  readonly protectedUntil: string | null
  readonly quantumYear: number
}

/** Which keys a quantum computer breaks, whether what they protect must outlast that, and what does their job then. */
export function reportQuantum(session: Session<OpenVault>) {
  return ({ limit }: InputOf<"report.quantum">): Result => {
    const vault = session.current()
    const kinds = kindsIn(vault)
    const atRisk = kinds.filter(({ exposure }) => exposure !== "none")
    return {
      groups: groupsOf(kinds),
      exposedCount: sum(atRisk),
      outlooks: {
        "too-long": withOutlook(atRisk, "too-long"),
        unsaid: withOutlook(atRisk, "unsaid"),
        "in-time": withOutlook(atRisk, "in-time"),
      },
      source: quantumSource,
      exposed: exposedKeys(vault, atRisk, limit),
    }
  }
}

function kindsIn(vault: OpenVault): Kind[] {
  const now = timeOf(vault)
  const policies = new Map(vault.keyrings.list().map((keyring) => [keyring.id, vault.policies.of(keyring)]))
  return vault.reports.countProtecting(there).map(({ keys, ...of }) => {
    const policy = policies.get(of.keyringId)
    if (policy === undefined) throw new Error("a key is in a keyring that is there")
    const protectFor = of.protectFor ?? policy.protectFor[of.purpose] ?? null
    const { quantumYear } = policy
    const outlook = outlookFor(protectFor, now, quantumYear)
    return { keys, of, protectFor, quantumYear, ...outlook, ...quantumStanding(of.algorithm, of.purpose) }
  })
}

/** By what the keys are, whatever their keyring. */
function groupsOf(kinds: readonly Kind[]): Result["groups"] {
  const groups = new Map<string, Result["groups"][number]>()
  for (const { of, keys, exposure, reason, moveTo, outlook } of kinds) {
    const { algorithm, purpose } = of
    const place = `${algorithm} ${purpose}`
    const none = { algorithm, purpose, keys: 0, tooLong: 0, unsaid: 0, exposure, reason, moveTo: [...moveTo] }
    const group = groups.get(place) ?? none
    groups.set(place, group)
    group.keys += keys
    if (exposure === "none") continue
    if (outlook === "too-long") group.tooLong += keys
    if (outlook === "unsaid") group.unsaid += keys
  }
  return [...groups.values()]
}

function exposedKeys(vault: OpenVault, atRisk: readonly Kind[], limit: number): Result["exposed"] {
  const inOrder = outlooks.flatMap((outlook) =>
    exposures.flatMap((exposure) => atRisk.filter((kind) => kind.outlook === outlook && kind.exposure === exposure)),
  )
  const exposed: Result["exposed"] = []
  for (const { of, moveTo, exposure, outlook, protectFor, protectedUntil, quantumYear } of inOrder) {
    if (exposed.length >= limit) break
    const { algorithm, purpose, keyring } = of
    const kind = { keyring, algorithm, purpose, exposure, outlook, protectFor, protectedUntil, quantumYear }
    for (const { name, owner } of vault.reports.protecting(of, there, limit - exposed.length)) {
      exposed.push({ name, owner, ...kind, moveTo: [...moveTo] })
    }
  }
  return exposed
}

/** A seed protects coins, and no secret: for how long is for its chain to say. */
function withOutlook(kinds: readonly Kind[], wanted: QuantumOutlook): number {
  return sum(kinds.filter(({ outlook, of }) => outlook === wanted && of.purpose !== "wallet"))
}

function sum(kinds: readonly Kind[]): number {
  return kinds.reduce((so, { keys }) => so + keys, 0)
}

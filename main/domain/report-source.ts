import type { DueEvent, HygieneFinding } from "../../preload/contract/report.ts"
import type { Algorithm, Duration, KeyState, Purpose } from "../../preload/contract/values.ts"
import type { Governed } from "./policy.ts"
import type { KeyringPlace } from "./policy-register.ts"

export interface DueKey {
  readonly name: string
  readonly purpose: Purpose
  readonly keyring: string
  readonly owner: string | null
  readonly event: DueEvent
  /** RFC 3339 UTC. */
  readonly at: string
}

/** How many keys become due before some moments, in the order of these. */
export interface DueCounts {
  readonly overdue: number
  readonly due: number
  readonly soon: number
}

export interface AlgorithmCount {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly keys: number
}

/** Keys that a quantum computer finds alike. */
export interface ProtectingKind {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly keyringId: string
  readonly keyring: string
  /** As the keys say themselves. */
  readonly protectFor: Duration | null
}

/** How working keys stand to their use. */
export interface KeyUsage {
  readonly isNeverUsed: boolean
  /** Neither made nor used since the moment that was asked about. */
  readonly isIdle: boolean
  readonly hasOwner: boolean
}

/** Of some keys of the inventory. */
export interface UsagePage {
  readonly groups: readonly (KeyUsage & { readonly keys: number })[]
  /** Those that were never used, or are idle: as many as are still wanted. */
  readonly notable: readonly (KeyUsage & {
    readonly id: string
    readonly name: string
    readonly keyring: string
    readonly owner: string | null
    readonly createdAt: string
  })[]
}

/** A key as far as rules look at it, with its keyring. */
export type GovernedKey = Governed & { readonly keyringId: string }

/** Of some working keys, what rules look at. */
export interface GovernedPage {
  /** Each for all keys that rules can't tell apart; without a name. */
  readonly kinds: readonly (GovernedKey & { readonly keys: number })[]
  /** The keys themselves, in the order in which they were made. */
  readonly keys: () => readonly GovernedKey[]
}

/** From when on keys are found; times are RFC 3339 UTC. */
export interface HygieneMoments {
  readonly now: string
  /** Not used since. */
  readonly unusedSince: string
  /** Made before, and never rotated. */
  readonly madeBefore: string
}

export interface HygieneKey {
  readonly row: number
  readonly name: string
  readonly keyring: string
  readonly owner: string | null
  readonly environment: string | null
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly createdAt: string
  /** Where public material is weak. */
  readonly weakness: string | null
  /** Other keys of the same material: their number, and the first of them. */
  readonly others: { readonly keys: number; readonly names: readonly string[] }
}

/** Working keys with one finding. */
export interface HygieneFinder {
  count(): Promise<number>
  /** @param after - the row of the last one before */
  keys(after: number, limit: number): Promise<HygieneKey[]>
}

/** What reports ask of all keys at once. As outlines are, it is not compared with the log. */
export interface ReportSource {
  /** Keys that work, and are to rotate or end until then, the earliest first. */
  dueKeys(until: string, limit: number): DueKey[]
  countDue(moments: { readonly overdueBefore: string; readonly now: string; readonly until: string }): DueCounts
  /** How many keys of these states there are. */
  countByAlgorithm(states: readonly KeyState[]): AlgorithmCount[]
  /** How many keys of these states there are of each kind, keyring and time of protection. */
  countProtecting(states: readonly KeyState[]): (ProtectingKind & { readonly keys: number })[]
  /** The first of them. */
  protecting(
    kind: ProtectingKind,
    states: readonly KeyState[],
    limit: number,
  ): { readonly name: string; readonly owner: string | null }[]
  /** How many keys of this state there are of each age: made after the first of these moments (RFC 3339 UTC, the latest first), after the next, …, before all. */
  countByAge(state: KeyState, moments: readonly string[]): number[]
  /** All active and suspended keys, some at a time, between which others get their turn. @param since - RFC 3339 UTC */
  usage(since: string, keyring: string | undefined, limit: number): AsyncIterable<UsagePage>
  /** The working keys of these keyrings, some at a time, between which others get their turn. */
  governed(keyrings: readonly KeyringPlace[]): AsyncIterable<GovernedPage>
  /** The keys that work and have that wrong with them; as far as material was examined. */
  hygiene(finding: HygieneFinding, moments: HygieneMoments): HygieneFinder
  /** When the key was used last, as the log has it; `null` when it never was. */
  lastUsed(keyId: string): string | null
  /** Since when each keyring has its KEK. */
  keyEncryptionKeys(): { readonly id: string; readonly keyring: string; readonly createdAt: string }[]
  /** Since when the vault has its master key. */
  masterKeySince(): string
}

/** How often something happened, and when first and last (RFC 3339 UTC). */
export interface Occurrences {
  readonly count: number
  readonly first: string
  readonly last: string
}

/** Which uses of a key are meant. */
export interface TraceFilter {
  readonly keyId: string
  /** Only of these versions; what the log has of no version counts as well. */
  readonly versions: readonly number[]
  /** From when on it matters who used it (RFC 3339 UTC). */
  readonly since?: string | undefined
}

export interface ExportTrace {
  readonly at: string
  readonly actor: string
  readonly format: string
  readonly protection: string
}

/** A key as the log calls it: by its id, where it has that, else by the name of that day. */
export interface NamedKey {
  readonly id: string | null
  readonly name: string
}

/** What the log says of the uses of a key. */
export interface UseTally {
  /** All of them by what was done: `key.sign`, `file.encrypt`. */
  readonly byAction: ReadonlyMap<string, Occurrences>
  /** Those that matter, by what was done. */
  readonly lateByAction: ReadonlyMap<string, Occurrences>
  /** Those that matter, by who did it. */
  readonly lateByActor: ReadonlyMap<string, Occurrences>
  /** What left the vault of its private side, the oldest first; of very many the newest. */
  readonly exports: readonly ExportTrace[]
  /** The keys of the vault that it wrapped for others. */
  readonly wrapped: readonly NamedKey[]
}

/** One thing that happened, as the log has it. */
export interface LoggedEvent {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly outcome: string
  /** What the row says why. */
  readonly reason: string | null
}

/** One act towards the destruction of versions of a key, or against it. */
export interface EndingAct {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly versions: readonly number[]
  /** Whether the vault did it by itself, when the waiting time was over. */
  readonly waited: boolean
}

/** How often a key was wanted that waits for its destruction, and when, by whom and for what last. */
export interface Wanted {
  readonly count: number
  readonly at: string
  readonly actor: string
  readonly action: string
}

/** That a key was in a token before the inventory had it: as which version, and what was found by which rules. */
export interface Adoption {
  readonly version: number
  readonly rules: readonly string[]
}

/** What the log knows of a single key. */
export interface KeyTraces {
  /** Goes through all uses of a key, in pieces between which others get their turn. */
  tally(filter: TraceFilter): Promise<UseTally>
  /** The keys that were derived from it. */
  derived(keyId: string): readonly NamedKey[]
  /** The keys of the vault that it wrapped for others. */
  wrapped(keyId: string): readonly NamedKey[]
  /** The keys that are copies of it, in tokens. */
  copied(keyId: string): readonly NamedKey[]
  /** `null` for a key that was not adopted from a token. */
  adoption(keyId: string): Adoption | null
  /** When something was last done to it since then; `null` when it never was. */
  lastDone(keyId: string, action: string, since: string): string | null
  /** What was done towards the destruction of a key's versions, and against it, in order. */
  endings(keyId: string): readonly EndingAct[]
  /** What left of its private side, the oldest first; of very many the newest. */
  exports(keyId: string): readonly ExportTrace[]
  /** Alerts since then that it was wanted while it waited for its destruction; `null` where there are none. */
  wanted(keyId: string, since: string): Wanted | null
  /** The keys of which that was ever so, by id. */
  everWanted(): readonly string[]
  /** What happened to a key and its incident, in order. */
  timeline(keyId: string, incidentId: string, since: string, limit: number): readonly LoggedEvent[]
}

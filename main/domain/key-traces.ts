/** How often something happened, and when first and last (RFC 3339 UTC). */
export interface Occurrences {
  readonly count: number
  readonly first: string
  readonly last: string
}

/** Which uses of a key are meant. */
export interface TraceFilter {
  readonly keyId: string
  /** Only of these versions. */
  readonly versions: readonly number[]
  /** Only from this moment on (RFC 3339 UTC). */
  readonly since?: string | undefined
}

export interface ExportTrace {
  readonly at: string
  readonly actor: string
  readonly format: string
  readonly protection: string
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

/** What the log knows of a single key. */
export interface KeyTraces {
  /** By what was done: `key.sign`, `file.encrypt`. */
  byAction(filter: TraceFilter): ReadonlyMap<string, Occurrences>
  byActor(filter: TraceFilter): ReadonlyMap<string, Occurrences>
  /** What left the vault of its private side, the newest first. */
  exports(filter: TraceFilter, limit: number): readonly ExportTrace[]
  /** The keys that were derived from it: their ids, where the log has them, else their names. */
  derived(keyId: string): readonly { readonly id: string | null; readonly name: string }[]
  /** When something was last done to it since then; `null` when it never was. */
  lastDone(keyId: string, action: string, since: string): string | null
  /** What happened to a key and its incident, in order. */
  timeline(keyId: string, incidentId: string, since: string, limit: number): readonly LoggedEvent[]
}

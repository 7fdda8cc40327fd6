import type { EventKind } from "../../../preload/contract/event.ts"
import type { Algorithm } from "../../../preload/contract/values.ts"
import type { RequestFor } from "../../api/ask.ts"

/** What is typed of an event that is about to be raised. */
export interface EventDraft {
  readonly kind: EventKind
  readonly owner: string
  readonly environment: string
  readonly algorithms: readonly Algorithm[]
  readonly keys: readonly string[]
  /** Of these only those in one keyring. */
  readonly keyring: string | null
  readonly reason: string
}

export const emptyDraft: EventDraft = {
  kind: "owner-departed",
  owner: "",
  environment: "",
  algorithms: [],
  keys: [],
  keyring: null,
  reason: "",
}

/** `null` while something is missing. Of what other kinds ask for nothing is taken. */
export function requestOf(draft: EventDraft): RequestFor<"event.raise"> | null {
  const reason = draft.reason.trim()
  const about = aboutOf(draft)
  if (about === null || reason === "") return null
  return { kind: draft.kind, reason, ...about, ...(draft.keyring === null ? {} : { keyring: draft.keyring }) }
}

function aboutOf({ kind, owner, environment, algorithms, keys }: EventDraft) {
  switch (kind) {
    case "owner-departed":
      return owner.trim() === "" ? null : { owner: owner.trim() }
    case "system-decommissioned":
      return environment.trim() === "" ? null : { environment: environment.trim() }
    case "compliance-change":
      return algorithms.length === 0 ? null : { algorithms: [...algorithms] }
    case "suspicion":
      return keys.length === 0 ? null : { keys: [...keys] }
  }
}

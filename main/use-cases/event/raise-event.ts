import type { EventAbout, EventKind, EventObject, KeyEvent } from "../../../preload/contract/event.ts"
import { touchesNoKey } from "../../../preload/contract/failure.ts"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { FollowWork, LongWork } from "../../domain/long-work.ts"
import { step, unfollowed } from "../../domain/long-work.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { keyWithId } from "../key/key-named.ts"
import { timeOf } from "../key/key-object.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { startRotation } from "../rotation/start-rotation.ts"
import { eventObject, openEvent, statusOf } from "./event-object.ts"

/** Each is named in the row of the log. */
const mostKeys = 10_000
const working = ["pre-active", "active", "suspended"] as const

/** What each kind has to say about the keys that it touches. */
const needed: Readonly<Record<EventKind, keyof EventAbout>> = {
  "owner-departed": "owner",
  "system-decommissioned": "environment",
  "compliance-change": "algorithms",
  suspicion: "keys",
}

/**
 * Notes what happened and which keys it touches, and begins to rotate them by steps. Those that can't be begun here are named.
 * @throws `INVALID_INPUT`, `NOT_FOUND` when it touches no key
 */
export function raiseEvent(parts: TokenUseParts, follow: FollowWork) {
  return async ({ kind, reason, dryRun, ...asked }: InputOf<"event.raise">): Promise<OutputOf<"event.raise">> => {
    const vault = parts.session.current()
    const about = aboutOf(asked)
    if (about[needed[kind]] === null) throw new VaultError("INVALID_INPUT", `${needed[kind]}: is needed for ${kind}`)
    const keys = await touchedBy(vault, about)
    if (keys.length === 0) throw new VaultError("NOT_FOUND", touchesNoKey)
    const id = parts.crypto.newId(vault.now())
    const event: KeyEvent = { id, kind, about, reason, at: timeOf(vault), closedAt: null, keys }
    if (dryRun) return { event: eventObject(vault, event), notStarted: [] }
    vault.journal.record(() => {
      vault.events.put(event)
      return { entry: { action: "event.raise", target: id, detail: { event } }, result: undefined }
    })
    return await follow("event.start", (work) => startAll(parts, event, work))
  }
}

/** Begins to rotate those keys that nobody has begun to rotate yet. @throws `NOT_FOUND`, `STATE_DENIED` */
export function startEvent(parts: TokenUseParts, follow: FollowWork) {
  return ({ id }: InputOf<"event.start">): Promise<OutputOf<"event.start">> => {
    const event = openEvent(parts.session.current(), id)
    return follow("event.start", (work) => startAll(parts, event, work))
  }
}

function aboutOf(asked: Pick<InputOf<"event.raise">, keyof EventAbout>): EventAbout {
  const { owner = null, environment = null, algorithms = null, keys = null, keyring = null } = asked
  return { owner, environment, algorithms, keys, keyring }
}

/** @throws `NOT_FOUND`; `INVALID_INPUT` when there are too many to follow at once */
async function touchedBy(
  vault: OpenVault,
  { owner, environment, algorithms, keys: names, keyring }: EventAbout,
): Promise<KeyEvent["keys"]> {
  if (keyring !== null) vault.keyrings.find(keyring)
  const named = names?.map((name) => workingKey(vault, name))
  const filter = {
    states: working,
    ...(keyring === null ? {} : { keyring }),
    ...(algorithms === null ? {} : { algorithms }),
  } as const
  const touched: KeyEvent["keys"] = []
  for await (const page of vault.keys.outlines(filter)) {
    for (const key of page) {
      if (owner !== null && key.owner !== owner) continue
      if (environment !== null && key.environment !== environment) continue
      if (named !== undefined && !named.includes(key.id)) continue
      touched.push({ keyId: key.id, version: key.currentVersion })
    }
    if (touched.length > mostKeys)
      throw new VaultError(
        "INVALID_INPUT",
        `keyring: more than ${mostKeys} keys; say which keyring, one after the other`,
      )
  }
  return touched
}

/** @throws `NOT_FOUND`, `STATE_DENIED` when nothing of it is left to rotate */
function workingKey(vault: OpenVault, name: string): string {
  const { id, state } = findKey(vault, name)
  if (working.some((each) => each === state)) return id
  throw new VaultError("STATE_DENIED", `${name} is ${state}`)
}

async function startAll(
  parts: TokenUseParts,
  event: KeyEvent,
  work: LongWork,
): Promise<{ event: EventObject; notStarted: { key: string; why: string }[] }> {
  const vault = parts.session.current()
  const start = startRotation(parts, (_, begin) => begin({ ...unfollowed, signal: work.signal }))
  const notStarted: { key: string; why: string }[] = []
  for (const [done, { keyId, version }] of event.keys.entries()) {
    step(work, done, event.keys.length)
    const key = keyWithId(vault, keyId)
    if (statusOf(key, version, vault.rotations.find(keyId) !== null) !== "to-rotate") continue
    try {
      await start({ name: keyId, grace: "30d", reason: `${event.kind}: ${event.reason}` })
    } catch (error) {
      if (!(error instanceof VaultError) || error.code === "CANCELLED" || error.code === "VAULT_LOCKED") throw error
      notStarted.push({ key: key.name, why: error.detail ?? error.code })
    }
  }
  return { event: eventObject(vault, event), notStarted }
}

import type { EventKeyStatus, EventObject, KeyEvent } from "../../../preload/contract/event.ts"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyStanding } from "../../domain/key-outline.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { timeOf } from "../key/key-object.ts"

/** The newest first. */
export function listEvents(session: Session<OpenVault>) {
  return (): OutputOf<"event.list"> => {
    const vault = session.current()
    return {
      events: vault.events.list().map((event) => {
        const { keys: _, ...shown } = eventObject(vault, event)
        return shown
      }),
    }
  }
}

/** @throws `NOT_FOUND` */
export function showEvent(session: Session<OpenVault>) {
  return ({ id }: InputOf<"event.show">): EventObject =>
    eventObject(session.current(), eventWithId(session.current(), id))
}

/** Nothing more is to be done about it. @throws `NOT_FOUND`, `STATE_DENIED` */
export function closeEvent(session: Session<OpenVault>) {
  return ({ id, reason }: InputOf<"event.close">): EventObject => {
    const vault = session.current()
    return vault.journal.record(() => {
      const event = { ...openEvent(vault, id), closedAt: timeOf(vault) }
      vault.events.put(event)
      return {
        entry: { action: "event.close", target: id, detail: { reason, event } },
        result: eventObject(vault, event),
      }
    })
  }
}

/** @throws `NOT_FOUND` */
function eventWithId(vault: OpenVault, id: string): KeyEvent {
  const event = vault.events.find(id)
  if (event === null) throw new VaultError("NOT_FOUND", `event ${id}`)
  return event
}

/** @throws `NOT_FOUND`, `STATE_DENIED` when it was closed */
export function openEvent(vault: OpenVault, id: string): KeyEvent {
  const event = eventWithId(vault, id)
  if (event.closedAt !== null) throw new VaultError("STATE_DENIED", `event ${id} was closed at ${event.closedAt}`)
  return event
}

/** With what has become of each key since. @throws `NOT_FOUND` when one of them is gone */
export function eventObject(vault: OpenVault, { keys: touched, ...event }: KeyEvent): EventObject {
  const rotating = vault.rotations.keyIds()
  const keys = touched.map(({ keyId, version }) => {
    const key = vault.keys.standing(keyId)
    if (key === null) throw new VaultError("NOT_FOUND", `key ${keyId}`)
    return { name: key.name, status: statusOf(key, version, rotating.has(keyId)) }
  })
  const count = (status: EventKeyStatus): number => keys.filter((key) => key.status === status).length
  const counts = {
    toRotate: count("to-rotate"),
    rotating: count("rotating"),
    rotated: count("rotated"),
    ended: count("ended"),
  }
  return { ...event, keys, counts }
}

/** @param version - the current one when it happened */
export function statusOf(key: KeyStanding, version: number, isRotating: boolean): EventKeyStatus {
  if (key.state !== "active" && key.state !== "pre-active" && key.state !== "suspended") return "ended"
  if (isRotating) return "rotating"
  return key.currentVersion > version ? "rotated" : "to-rotate"
}

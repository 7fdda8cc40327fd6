import type { KeyObject } from "node:crypto"
import { KeyEvent } from "../../preload/contract/event.ts"
import type { EventRegister } from "../domain/event-register.ts"
import { LoggedStates } from "./logged-states.ts"
import type { VaultDb } from "./vault-database.ts"

/** What happened that keys must change for. */
export class StoredEvents extends LoggedStates<typeof KeyEvent> implements EventRegister {
  constructor(db: VaultDb, auditMac: KeyObject) {
    super(db, auditMac, {
      table: "events",
      id: "id",
      member: "event",
      rows: "INDEXED BY audit_by_event WHERE outcome = 'done' AND body ->> '$.detail.event.id'",
      order: "id DESC",
      schema: KeyEvent,
    })
  }

  put(event: KeyEvent): void {
    this.putState(event.id, event)
  }
}

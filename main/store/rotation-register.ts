import type { KeyObject } from "node:crypto"
import { RotationState } from "../../preload/contract/rotation.ts"
import type { RotationRegister } from "../domain/rotation-register.ts"
import { LoggedStates } from "./logged-states.ts"
import type { VaultDb } from "./vault-database.ts"

/** The rotations that go on. */
export class StoredRotations extends LoggedStates<typeof RotationState> implements RotationRegister {
  constructor(db: VaultDb, auditMac: KeyObject) {
    super(db, auditMac, {
      table: "rotations",
      id: "key_id",
      member: "rotation",
      // One that ended is there as well, as a null of JSON.
      rows: `INDEXED BY audit_by_rotation
        WHERE json_type(body, '$.detail.rotation') IS NOT NULL AND outcome = 'done' AND key_id`,
      order: "state ->> '$.startedAt', key_id",
      schema: RotationState,
    })
  }

  keyIds(): ReadonlySet<string> {
    return new Set(this.texts().keys())
  }

  put(rotation: RotationState): void {
    this.putState(rotation.keyId, rotation)
  }

  remove(keyId: string): void {
    this.removeState(keyId)
  }
}

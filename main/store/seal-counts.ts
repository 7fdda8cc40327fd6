import { z } from "zod"
import type { SealCounts } from "../domain/open-vault.ts"
import type { VaultDb } from "./vault-database.ts"

const Count = z.int()

/** What the log called them before it counted. */
const sealing = ["key.encrypt", "key.wrap", "key.datakey", "key.rewrap", "file.encrypt"]

/** The log is the counter: the row of each use that counts has its number. */
export class StoredSealCounts implements SealCounts {
  readonly #numbered
  readonly #unnumbered

  constructor(db: VaultDb) {
    this.#numbered = db
      .prepare<[string, number]>(`
        SELECT body ->> '$.detail.seals' FROM audit INDEXED BY audit_by_seal
        WHERE key_id = ? AND body ->> '$.detail.seals' IS NOT NULL AND body ->> '$.detail.version' = ?
        ORDER BY seq DESC LIMIT 1`)
      .pluck()
    const actions = sealing.map((action) => `'${action}'`).join(", ")
    this.#unnumbered = db
      .prepare<[string, number]>(`
        SELECT count(*) FROM audit
        WHERE key_id = ? AND outcome = 'done' AND action IN (${actions}) AND body ->> '$.detail.version' = ?`)
      .pluck()
  }

  count(keyId: string, version: number): number {
    return Count.parse(this.#numbered.get(keyId, version) ?? this.#unnumbered.get(keyId, version))
  }
}

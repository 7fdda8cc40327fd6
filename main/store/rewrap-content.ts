import { z } from "zod"
import { hmacSha256 } from "../crypto/hmac.ts"
import { open, seal } from "../crypto/seal.ts"
import { Turns } from "../crypto/turns.ts"
import { VaultError } from "../domain/vault-error.ts"
import { chainPages, flawOf, genesis, toChainRow } from "./audit-chain.ts"
import { rewrapAuditSigner } from "./audit-signer.ts"
import { forgetExamined } from "./examined-materials.ts"
import { recordHeader } from "./header-history.ts"
import { noKeys, StoredJournal } from "./journal.ts"
import { KeySearch } from "./key-search.ts"
import { kekAad } from "./keyring-keks.ts"
import type { VaultDb } from "./vault-database.ts"
import type { VaultKeys } from "./vault-keys.ts"
import { readSetting, writeSetting } from "./vault-state.ts"

interface KeyPair {
  readonly old: VaultKeys
  readonly next: VaultKeys
}

interface Rekeying {
  readonly vaultId: string
  readonly rekeyId: string
  readonly finalHeaderMac: Uint8Array
  readonly actor: string
  readonly now: () => number
}

const KekRows = z.array(z.object({ keyring_id: z.string(), version: z.int(), wrapped: z.instanceof(Uint8Array) }))

/**
 * Moves everything inside the database from the old master key to the new one, in one transaction: keyring KEKs, the
 * MACs of the log (each row is verified under the old key first), the audit signing key. Done once, however often it
 * is asked for.
 * @throws `INTEGRITY_FAILED` when something does not verify under the old key
 */
export async function rewrapContent(db: VaultDb, keys: KeyPair, rekeying: Rekeying): Promise<void> {
  if (readSetting(db, "rekey") === rekeying.rekeyId) return
  const { actor, now } = rekeying
  const journal = new StoredJournal({
    db,
    search: new KeySearch(db),
    auditMac: keys.next.auditMac,
    actor,
    now,
    digestOf: noKeys,
    onCommit: () => undefined,
  })
  journal.begin()
  try {
    rewrapKeks(db, keys, rekeying.vaultId)
    rewrapAuditSigner(db, keys.old.auditSigning, keys.next.auditSigning, rekeying.vaultId)
    await renewAuditMacs(db, keys)
    forgetExamined(db)
    writeSetting(db, "rekey", rekeying.rekeyId)
    recordHeader(db, rekeying.finalHeaderMac)
    journal.record(() => ({
      entry: { action: "vault.rekey", target: null, detail: { rekeyId: rekeying.rekeyId } },
      result: undefined,
    }))
    journal.commit()
  } catch (error) {
    if (journal.isGrouping()) journal.rollback()
    throw error
  }
}

function rewrapKeks(db: VaultDb, keys: KeyPair, vaultId: string): void {
  const update = db.prepare("UPDATE keyring_keks SET wrapped = ? WHERE keyring_id = ? AND version = ?")
  for (const row of KekRows.parse(db.prepare("SELECT keyring_id, version, wrapped FROM keyring_keks").all())) {
    const aad = kekAad(vaultId, row.keyring_id, row.version)
    using kek = open(keys.old.keyringKek, row.wrapped, aad)
    if (kek === null) throw new VaultError("INTEGRITY_FAILED", `the KEK of keyring ${row.keyring_id} does not open`)
    update.run(seal(keys.next.keyringKek, kek.bytes, aad), row.keyring_id, row.version)
  }
}

async function renewAuditMacs(db: VaultDb, keys: KeyPair): Promise<void> {
  const update = db.prepare<[Uint8Array, number]>("UPDATE audit SET mac = ? WHERE seq = ?")
  const turns = new Turns()
  let previous = genesis
  for (const page of chainPages(db)) {
    for (const raw of page) {
      const row = toChainRow(raw)
      const flaw = flawOf(row, previous, keys.old.auditMac)
      if (flaw !== null) throw new VaultError("INTEGRITY_FAILED", `audit row ${previous.seq + 1} ${flaw}`)
      update.run(hmacSha256(keys.next.auditMac, row.hash), row.seq)
      previous = { seq: row.seq, hash: row.hash }
      await turns.breathe()
    }
  }
}

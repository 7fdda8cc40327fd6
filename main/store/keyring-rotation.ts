import { z } from "zod"
import { open, seal } from "../crypto/seal.ts"
import { Turns } from "../crypto/turns.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { KeyringRecord } from "../domain/open-vault.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { dekAad } from "./material-store.ts"
import type { StoredVault } from "./stored-vault.ts"

const kind = "keyring.rotate"
/** As many DEKs as are rewrapped within a frame; each portion is a transaction of its own. */
const portion = 128

const Detail = z.strictObject({ keyringId: z.string(), keyring: z.string(), toVersion: z.int() })
type Detail = z.infer<typeof Detail>
const OperationRows = z.array(z.object({ id: z.string(), detail: z.string() }))
const DekRows = z.array(
  z.object({
    version_row: z.int(),
    key_id: z.string(),
    version: z.int(),
    kek_version: z.int(),
    wrapped: z.instanceof(Uint8Array),
  }),
)

/**
 * Gives a keyring a new KEK and rewraps its DEKs; material is not touched. The wish is recorded first and the work is
 * done in portions, so a crash leaves a keyring in which both KEKs work, and the next opening goes on.
 * @param pin - of the token that may hold it; stays the caller's
 * @returns how many DEKs were rewrapped
 */
export async function rotateKeyring(vault: StoredVault, keyring: KeyringRecord, pin: Secret | null): Promise<number> {
  if (vault.journal.isGrouping())
    throw new Error("a keyring can't be rotated in a group: its KEK could not be undone with it")
  using _ = await vault.materials.reach(keyring.id, pin)
  // One that failed half-way must end first: this one would retire the KEK that it still needs.
  for (const { id, detail } of runningRotations(vault)) {
    if (detail.keyringId === keyring.id) await finish(vault, id, detail)
  }
  const id = newId(vault.now())
  const startedAt = new Date(vault.now()).toISOString()
  const detail = { keyringId: keyring.id, keyring: keyring.name, toVersion: keyring.kekVersion + 1 }
  const isHeld = keyring.tokens.length > 0
  const held = isHeld ? await vault.keks.newHeld(keyring.id, detail.toVersion) : []
  vault.journal.record(() => {
    if (!isHeld) vault.keks.create(keyring.id, detail.toVersion, startedAt)
    for (const kek of held) vault.keks.holders.put(kek)
    vault.db.prepare("UPDATE keyrings SET kek_version = ? WHERE id = ?").run(detail.toVersion, keyring.id)
    vault.db
      .prepare("INSERT INTO operations (id, kind, started_at, detail) VALUES (?, ?, ?, ?)")
      .run(id, kind, startedAt, JSON.stringify(detail))
    return {
      entry: { action: kind, target: keyring.name, detail: { toVersion: detail.toVersion, phase: "started" } },
      result: undefined,
    }
  })
  return finish(vault, id, detail)
}

/**
 * Goes on with the rotations that a crash interrupted. That of a keyring whose tokens are away waits: until then both of its KEKs work.
 * @returns the operations finished, by name
 */
export async function resumeKeyringRotations(vault: StoredVault): Promise<string[]> {
  const finished: string[] = []
  for (const { id, detail } of runningRotations(vault)) if (await resumed(vault, id, detail)) finished.push(kind)
  return finished
}

function runningRotations(vault: StoredVault): { readonly id: string; readonly detail: Detail }[] {
  const rows = OperationRows.parse(vault.db.prepare("SELECT id, detail FROM operations WHERE kind = ?").all(kind))
  return rows.map(({ id, detail }) => ({ id, detail: Detail.parse(JSON.parse(detail)) }))
}

async function resumed(vault: StoredVault, id: string, detail: Detail): Promise<boolean> {
  try {
    await finish(vault, id, detail)
    return true
  } catch (error) {
    if (error instanceof VaultError && /^(TOKEN|PIN)_/.test(error.code)) return false
    throw error
  }
}

/** Where tokens hold the keyring, one has to open the new KEK before the old one goes. */
async function finish(vault: StoredVault, id: string, detail: Detail): Promise<number> {
  using _ = await vault.materials.reach(detail.keyringId, null)
  const rewrapped = await rewrapDeks(vault, detail)
  const { keyringId, keyring, toVersion } = detail
  vault.journal.record(() => {
    vault.keks.retire(keyringId, toVersion)
    vault.db.prepare("DELETE FROM operations WHERE id = ?").run(id)
    return {
      entry: { action: kind, target: keyring, detail: { toVersion, phase: "done", rewrapped } },
      result: undefined,
    }
  })
  vault.journal.purge()
  return rewrapped
}

async function rewrapDeks(vault: StoredVault, { keyringId, toVersion }: Detail): Promise<number> {
  const page = vault.db.prepare<[number, string, number, number]>(`
    SELECT version_row, key_id, version, kek_version, wrapped FROM deks
    WHERE version_row > ? AND keyring_id = ? AND kek_version < ? ORDER BY version_row LIMIT ?`)
  const update = vault.db.prepare<[Uint8Array, number, number]>(
    "UPDATE deks SET wrapped = ?, kek_version = ? WHERE version_row = ?",
  )
  const kek = vault.keks.get(keyringId, toVersion)
  const turns = new Turns()
  let rewrapped = 0
  let after = 0
  for (;;) {
    const rows = DekRows.parse(page.all(after, keyringId, toVersion, portion))
    const last = rows.at(-1)
    if (last === undefined) return rewrapped
    vault.db
      .transaction(() => {
        for (const row of rows) {
          const place = { keyringId, keyId: row.key_id, version: row.version }
          const aad = dekAad(vault.vaultId, place)
          using dek = open(vault.keks.get(keyringId, row.kek_version), row.wrapped, aad)
          if (dek === null)
            throw new VaultError("INTEGRITY_FAILED", `the DEK of version ${row.version} of key ${row.key_id}`)
          update.run(seal(kek, dek.bytes, aad), toVersion, row.version_row)
        }
      })
      .immediate()
    await vault.checkpoints.afterCommit()
    after = last.version_row
    rewrapped += rows.length
    await turns.breathe()
  }
}

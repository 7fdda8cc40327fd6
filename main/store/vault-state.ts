import { z } from "zod"
import type { ChainHead } from "../domain/audit-entry.ts"
import type { BelievedClock } from "../domain/believed-clock.ts"
import { VaultError } from "../domain/vault-error.ts"
import { genesis } from "./audit-chain.ts"
import { timeOfLastRow } from "./audit-rows.ts"
import { Base64, toBase64 } from "./base64.ts"
import type { VaultDb } from "./vault-database.ts"

/** Where the vault stands: compared with what is there each time it is opened. */
export interface VaultState {
  /** Which copy of the vault this is: a restored backup is another instance, with a history of its own. */
  readonly instanceId: string
  /** Raised with every change. */
  readonly generation: number
  readonly head: ChainHead
  readonly keys: number
  readonly versions: number
  readonly clock: BelievedClock
}

const StoredState = z.strictObject({
  instanceId: z.uuid(),
  generation: z.int(),
  seq: z.int(),
  hash: Base64,
  keys: z.int(),
  versions: z.int(),
  /** Before schema 2 the last row's time stood for it. */
  clock: z.strictObject({ believed: z.int().nullable(), suspected: z.int().nullable() }).optional(),
})

export function newVaultState(instanceId: string): VaultState {
  return { instanceId, generation: 0, head: genesis, keys: 0, versions: 0, clock: { believed: null, suspected: null } }
}

/** @throws `INTEGRITY_FAILED` */
export function readVaultState(db: VaultDb): VaultState {
  const { seq, hash, clock, ...rest } = parseState(readSetting(db, "state"))
  return { ...rest, head: { seq, hash }, clock: clock ?? { believed: Date.parse(timeOfLastRow(db)), suspected: null } }
}

function parseState(text: string | null): z.infer<typeof StoredState> {
  try {
    return StoredState.parse(JSON.parse(text ?? "null"))
  } catch {
    throw new VaultError("INTEGRITY_FAILED", "the vault's state record")
  }
}

/** Stores the state with the counts as they are now. Rows of keys and versions are never deleted: the last one counts. */
export function writeVaultState(db: VaultDb, state: VaultState): VaultState {
  const { keys, versions } = lastRows(db)
  const { instanceId, generation, head, clock } = state
  writeSetting(
    db,
    "state",
    JSON.stringify({ instanceId, generation, seq: head.seq, hash: toBase64(head.hash), keys, versions, clock }),
  )
  return { ...state, keys, versions }
}

const Rows = z.object({ keys: z.int(), versions: z.int() })

function lastRows(db: VaultDb): { keys: number; versions: number } {
  return Rows.parse(
    db
      .prepare(
        "SELECT (SELECT coalesce(max(row), 0) FROM keys) AS keys, (SELECT coalesce(max(row), 0) FROM key_versions) AS versions",
      )
      .get(),
  )
}

/** Keys and versions that are really there. */
export function countedRows(db: VaultDb): { keys: number; versions: number } {
  return Rows.parse(
    db.prepare("SELECT (SELECT count(*) FROM keys) AS keys, (SELECT count(*) FROM key_versions) AS versions").get(),
  )
}

const SettingRow = z.object({ value: z.string() })

export function readSetting(db: VaultDb, name: string): string | null {
  return settingReader(db)(name)
}

/** As `readSetting`, for who asks often. */
export function settingReader(db: VaultDb): (name: string) => string | null {
  const setting = db.prepare<[string]>("SELECT value FROM settings WHERE name = ?")
  return (name) => {
    const row = setting.get(name)
    return row === undefined ? null : SettingRow.parse(row).value
  }
}

export function writeSetting(db: VaultDb, name: string, value: string): void {
  db.prepare(
    "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(name, value)
}

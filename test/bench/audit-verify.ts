import { createHmac, createSecretKey, randomBytes } from "node:crypto"
import { openVaultDatabase } from "../../main/store/vault-database.ts"
import { internalsOf } from "../support/vault-internals.ts"
import type { BenchVault, OpenedBenchVault } from "./bench-vault.ts"
import { type Cost, costOf, sideBySide } from "./cost.ts"
import { type Figure, figureOf } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { lengthenLog } from "./long-log.ts"
import { count } from "./table.ts"

/** A vault of its own whose log has so many rows. */
export async function vaultWithLog(lab: Lab, rows: number): Promise<BenchVault> {
  const vault = lab.newVault()
  await lengthenLog(vault, rows)
  return vault
}

export function verifyLog(vault: OpenedBenchVault): Promise<Cost> {
  return costOf(async () => {
    const { ok, firstBad } = await vault.ask("audit.verify", {})
    if (!ok) throw new Error(`the log should be whole, but row ${firstBad} is bad`)
  })
}

/** Reading each row's stored bytes and computing one HMAC over them. */
export async function macRows({ path }: BenchVault): Promise<Cost> {
  const { directory, pageKey } = await internalsOf(path)
  const db = openVaultDatabase(directory.database, pageKey)
  if (db === null) throw new Error("the key is not the database's")
  const sql = "SELECT CAST(prev_hash || body AS BLOB), mac FROM audit ORDER BY seq"
  const rows = db.prepare<[], [Buffer, Buffer]>(sql).raw()
  const key = createSecretKey(randomBytes(32))
  try {
    return await costOf(() => {
      for (const [hashed, mac] of rows.iterate()) createHmac("sha256", key).update(hashed).digest().equals(mac)
    })
  } finally {
    db.close()
  }
}

/** P6. */
export async function logFigures(lab: Lab): Promise<Figure[]> {
  const { log, rounds } = lab.sizes
  const vault = await vaultWithLog(lab, log)
  const ours = async () => {
    using opened = await vault.open()
    return await verifyLog(opened)
  }
  const costs = await sideBySide(rounds, ours, () => macRows(vault))
  return [figureOf({ work: `audit verify, ${count(log)} rows`, than: "bare HMAC", goal: 1.5 }, costs)]
}

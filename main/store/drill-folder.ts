import { mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { z } from "zod"
import { newId } from "../crypto/uuid-v7.ts"
import { cleanUp, removeFolder } from "../files/remove-file.ts"
import type { VaultDb } from "./vault-database.ts"

const kind = "vault.drill"

const OperationRows = z.array(
  z.object({
    id: z.string(),
    detail: z.string().transform((text) => z.strictObject({ path: z.string() }).parse(JSON.parse(text))),
  }),
)

interface Keeper {
  /** Not the same one for ever: a thread may have the database in between. */
  readonly db: VaultDb
  readonly now: () => number
}

/**
 * Lends a folder, mode 0700, where the system keeps what is temporary. It is gone afterwards, however the work ends: a copy of
 * the vault that stayed would hold what is destroyed later. The vault knows it before it is there, so that what a killed
 * program leaves is removed by the next opening.
 */
export async function inDrillFolder<Result>(
  keeper: Keeper,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const startedAt = keeper.now()
  const id = newId(startedAt)
  const path = join(tmpdir(), `claviger-drill-${id}`)
  keeper.db
    .prepare("INSERT INTO operations (id, kind, started_at, detail) VALUES (?, ?, ?, ?)")
    .run(id, kind, new Date(startedAt).toISOString(), JSON.stringify({ path }))
  try {
    mkdirSync(path, { mode: 0o700 })
    return await work(path)
  } finally {
    cleanUp(() => forget(keeper, id, path))
  }
}

/** Removes what killed programs left. */
export function removeDrillFolders(keeper: Keeper): void {
  const rows = OperationRows.parse(keeper.db.prepare("SELECT id, detail FROM operations WHERE kind = ?").all(kind))
  for (const { id, detail } of rows) cleanUp(() => forget(keeper, id, detail.path))
}

/** The folder goes also when the vault has been locked, and its name by the next opening. */
function forget(keeper: Keeper, id: string, path: string): void {
  removeFolder(path)
  keeper.db.prepare("DELETE FROM operations WHERE id = ?").run(id)
}

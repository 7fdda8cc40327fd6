import { existsSync } from "node:fs"
import { dirname, extname, join } from "node:path"
import { z } from "zod"
import { newId } from "../crypto/uuid-v7.ts"
import { cleanUpLarge, removeLargeFile } from "../files/remove-file.ts"
import { removeCopy } from "./leftovers.ts"
import type { VaultDb } from "./vault-database.ts"

const kind = "file.write"

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
 * Lends a name for a file until it is complete and takes its own: beside that, and nobody else's. Afterwards nothing of
 * that name is there, nor of a database `….db`.
 */
export type LendName = <Result>(target: string, work: (unfinished: string) => Promise<Result>) => Promise<Result>

/** The vault knows the name before anything is there: what a killed program leaves is removed by the next opening. */
export function recordedName(keeper: Keeper): LendName {
  return async (target, work) => {
    const startedAt = keeper.now()
    const id = newId(startedAt)
    const path = nameBeside(target, id)
    keeper.db
      .prepare("INSERT INTO operations (id, kind, started_at, detail) VALUES (?, ?, ?, ?)")
      .run(id, kind, new Date(startedAt).toISOString(), JSON.stringify({ path }))
    try {
      return await work(path)
    } finally {
      await cleanUpLarge(() => forget(keeper, id, path))
    }
  }
}

/** For a vault in which nothing may be written yet: what a killed program leaves is removed by the next try. */
export function nameAfter(vaultId: string): LendName {
  return async (target, work) => {
    const path = nameBeside(target, vaultId)
    await remove(path)
    try {
      return await work(path)
    } finally {
      await cleanUpLarge(() => remove(path))
    }
  }
}

function nameBeside(target: string, id: string): string {
  return join(dirname(target), `.claviger-${id}${extname(target).slice(0, 20)}.partial`)
}

/** Removes what killed programs left. One that is out of reach, as on a stick that is not plugged in, waits. */
export async function removeUnfinishedFiles(keeper: Keeper): Promise<void> {
  const rows = OperationRows.parse(keeper.db.prepare("SELECT id, detail FROM operations WHERE kind = ?").all(kind))
  for (const { id, detail } of rows) {
    if (existsSync(dirname(detail.path))) await cleanUpLarge(() => forget(keeper, id, detail.path))
  }
}

async function remove(path: string): Promise<void> {
  await removeLargeFile(path)
  await removeCopy(`${path}.db`)
}

/** The file goes also when the vault has been locked, and its name by the next opening. */
async function forget(keeper: Keeper, id: string, path: string): Promise<void> {
  await remove(path)
  keeper.db.prepare("DELETE FROM operations WHERE id = ?").run(id)
}

import { parentPort, workerData } from "node:worker_threads"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { ThreadAnswer, ThreadTask } from "./call-in-thread.ts"
import { makeLongCall } from "./long-calls.ts"
import { sentError } from "./thread-error.ts"
import { openVaultDatabase } from "./vault-database.ts"

async function answerTo({ database, pageKey: key, call, input, secrets }: ThreadTask): Promise<ThreadAnswer> {
  try {
    using pageKey = new Secret(key)
    const db = openVaultDatabase(database, pageKey)
    if (db === null) throw new VaultError("INTEGRITY_FAILED", "the database no longer opens with its key")
    try {
      return { result: await makeLongCall(db, call, input) }
    } finally {
      db.close()
    }
  } catch (error) {
    return { error: sentError(error) }
  } finally {
    for (const secret of secrets) secret.fill(0)
  }
}

parentPort?.postMessage(await answerTo(workerData))

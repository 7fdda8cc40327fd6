import { newId } from "../../main/crypto/uuid-v7.ts"
import { AuditChain } from "../../main/store/audit-chain.ts"
import { readVaultState, writeVaultState } from "../../main/store/vault-state.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import type { BenchVault } from "./bench-vault.ts"

/** Fills the log of a vault up to so many rows, each like that of a new key. */
export async function lengthenLog({ path }: Pick<BenchVault, "path">, rows: number): Promise<void> {
  const internals = await internalsOf(path)
  editDatabase(internals, (db) => {
    const chain = new AuditChain(db, internals.keys.auditMac)
    const state = readVaultState(db)
    let { head, generation } = state
    const append = db.transaction((count: number) => {
      for (let row = 0; row < count; row += 1) {
        generation += 1
        const keyId = newId(Date.now())
        const leaves = Buffer.from(head.hash).toString("base64")
        const detail = { algorithm: "aes-256", generation, keyId, leaves, purpose: "encryption", version: 1 }
        const entry = { action: "key.generate", target: `key-${generation}` } as const
        ;({ head } = chain.append(head, "cli:ann", "2026-03-01T12:00:00.000Z", entry, detail))
      }
      writeVaultState(db, { ...state, head, generation })
    })
    while (head.seq < rows) append(Math.min(10_000, rows - head.seq))
  })
}

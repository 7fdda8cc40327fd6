// Opens the vault of a folder so often and logs a row each time; whoever finds it busy tries once more.
import { setTimeout } from "node:timers/promises"
import { z } from "zod"
import { Secret } from "../../../main/domain/secret.ts"
import { VaultError } from "../../../main/domain/vault-error.ts"
import { openStoredVault } from "../../../main/store/open-stored-vault.ts"
import type { StoredVault } from "../../../main/store/stored-vault.ts"
import { passphrase, TestVault } from "../../support/vaults.ts"

const { folder, times } = z
  .object({ folder: z.string(), times: z.coerce.number() })
  .parse({ folder: process.env["CLAVIGER_TEST_FOLDER"], times: process.env["CLAVIGER_TEST_TIMES"] })
const { path, configDirectory } = new TestVault(folder)
const surroundings = {
  configDirectory,
  actor: `process ${process.pid}`,
  now: Date.now,
  keep: (secret: Secret) => {
    const kept = Secret.copyOf(secret.bytes)
    return { open: () => Secret.copyOf(kept.bytes), [Symbol.dispose]: () => kept[Symbol.dispose]() }
  },
}

async function opened(): Promise<StoredVault | null> {
  const credential = { kind: "passphrase", passphrase: new Secret(passphrase()) } as const
  try {
    return (await openStoredVault(path, credential, surroundings, false)).vault
  } catch (error) {
    if (error instanceof VaultError && error.code === "VAULT_BUSY") return null
    throw error
  }
}

const rows: number[] = []
while (rows.length < times) {
  const vault = await opened()
  if (vault === null) {
    await setTimeout(10)
    continue
  }
  vault.journal.record(() => ({ entry: { action: "test", target: null }, result: undefined }))
  rows.push(vault.journal.head().seq)
  vault.close()
}
process.send?.(rows)

import { Secret } from "../../main/domain/secret.ts"
import { openStoredVault } from "../../main/store/open-stored-vault.ts"
import type { StoredVault } from "../../main/store/stored-vault.ts"
import { passphrase, type TestVault } from "./vaults.ts"

/** Does something with the store itself, past the contract, between two openings by the whole program; the vault is locked after it. */
export async function inStore<Result>(
  vault: TestVault,
  act: (stored: StoredVault) => Result | Promise<Result>,
): Promise<Result> {
  vault.lock()
  const keep = (secret: Secret) => {
    const kept = Secret.copyOf(secret.bytes)
    return { open: () => Secret.copyOf(kept.bytes), [Symbol.dispose]: () => kept[Symbol.dispose]() }
  }
  const credential = { kind: "passphrase", passphrase: new Secret(passphrase()) } as const
  const { configDirectory } = vault
  const surroundings = { configDirectory, actor: "tester", now: Date.now, keep }
  const { vault: stored } = await openStoredVault(vault.path, credential, surroundings, false)
  try {
    return await act(stored)
  } finally {
    stored.close()
  }
}

import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Secret } from "../../main/domain/secret.ts"
import { SecretBox } from "../../main/platform/secret-box.ts"
import { openStoredVault } from "../../main/store/open-stored-vault.ts"
import { prepareRekey } from "../../main/store/rekey-vault.ts"
import { writeHeader } from "../../main/store/vault-header.ts"
import { vaultKeys } from "../../main/store/vault-keys.ts"
import { passphrase, Refusal, TestVault, utf8 } from "./vaults.ts"

export const firstPassphrase = "correct horse battery staple"
export const secondPassphrase = "quite another passphrase"

/** Texts that no file but the one it is imported from may ever hold. */
export const importedText = "imported-secret-4f1c9b7a2e"
export const encryptedText = "encrypted-text-9d27c0b15a"

/** A vault in a folder that stays: what one program leaves there, the next one finds. */
export class VaultInFolder extends TestVault {
  /** The passphrase that opened it. */
  openedWith: string | null = null

  /** Opens it with the old passphrase or the new one. @returns false when no vault is there */
  async open(): Promise<boolean> {
    for (const text of [firstPassphrase, secondPassphrase]) {
      try {
        await this.unlock(text)
        this.openedWith = text
        return true
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.failure.code === "NOT_FOUND") return false
        if (error.failure.code !== "WRONG_PASSPHRASE") throw error
      }
    }
    throw new Error("neither the old passphrase nor the new one opens the vault")
  }

  inFolder(name: string): string {
    return join(this.folder, name)
  }

  override [Symbol.dispose](): void {
    this.lock()
  }
}

/** What every vault here holds: keys of several kinds, one of them in two versions, and a text encrypted under the first. */
export async function furnish(vault: VaultInFolder): Promise<void> {
  await vault.generate("app", { exportable: "yes" })
  const { ciphertext } = await vault.ask("key.encrypt", { name: "app", plaintext: utf8(encryptedText) })
  writeFileSync(vault.inFolder("ciphertext"), ciphertext)
  await vault.ask("key.rotate", { name: "app" })
  await vault.generate("signer", { algorithm: "ed25519", purpose: "signature" })
  await vault.generate("doomed")
  await vault.generate("steps", { purpose: "key-wrapping" })
  writeFileSync(vault.inFolder("import"), importedText)
}

/** The text that was encrypted at the beginning, opened again. */
export async function decryptedText(vault: VaultInFolder): Promise<string> {
  const ciphertext = new Uint8Array(readFileSync(vault.inFolder("ciphertext")))
  const { plaintext } = await vault.ask("key.decrypt", { name: "app", ciphertext })
  return Buffer.from(plaintext).toString()
}

/** Removes the vault, as if there had never been one. */
export function discard(vault: VaultInFolder): void {
  vault.lock()
  for (const path of [vault.path, vault.configDirectory]) rmSync(path, { recursive: true })
}

/** Writes the header with which a rekey begins, and no more: as a kill in that moment leaves the vault. */
export async function beginRekey(vault: VaultInFolder): Promise<void> {
  vault.lock()
  const surroundings = {
    configDirectory: vault.configDirectory,
    actor: "tester",
    now: Date.now,
    keep: (secret: Secret) => new SecretBox(secret),
  }
  const credential = { kind: "passphrase", passphrase: new Secret(passphrase()) } as const
  const { vault: stored } = await openStoredVault(vault.path, credential, surroundings, false)
  using given = new Secret(passphrase())
  const { header, masterKey } = await prepareRekey(stored, [given])
  stored.close()
  writeHeader(stored.directory, header, vaultKeys(masterKey, stored.vaultId).headerMac)
  masterKey[Symbol.dispose]()
}

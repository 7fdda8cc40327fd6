import type { BatchSession } from "./batch-session.ts"
import type { KeyUser } from "./use-keys.ts"

/** Not words, which the text of a program may hold too. */
export const secondPassphrase = "kD7u-Xm4R_Ys2Ef9-Hq8P_Wz0V-Tb5j"

interface Parts {
  readonly batch: BatchSession
  readonly user: KeyUser
  readonly vaultPassphraseFile: string
}

/** What the vault's own keys are for: a backup, a signed log, one more keyslot. */
export async function useVaultKeys({ batch, user }: Parts): Promise<void> {
  const newPassphraseFile = user.file("second", "passphrase", `${secondPassphrase}\n`)
  await batch.ask("vault backup", { out: user.place("vault", "backup") })
  await batch.ask("audit export", { out: user.place("vault", "log") })
  await batch.ask("vault slot add", { newPassphraseFile })
}

/** Gives the vault new ones. */
export async function replaceVaultKeys({ batch, user, vaultPassphraseFile: passphraseFile }: Parts): Promise<void> {
  const alsoPassphraseFile = [user.place("second", "passphrase")]
  await batch.ask("keyring rotate", { name: "personal" })
  await batch.ask("vault rekey", { passphraseFile, alsoPassphraseFile, yes: true })
}

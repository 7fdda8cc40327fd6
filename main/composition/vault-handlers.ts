import { statSync } from "node:fs"
import type { Handlers } from "../../preload/contract/index.ts"
import { Secret } from "../domain/secret.ts"
import type { TokenPort } from "../domain/token-port.ts"
import { createStoredVault } from "../store/create-stored-vault.ts"
import { verifyVault } from "../store/verify-vault.ts"
import { chooseKdf } from "./choose-kdf.ts"
import { credentialOf, disposeCredential } from "./credential.ts"
import type { LongWorks } from "./long-works.ts"
import type { VaultSession } from "./vault-session.ts"

type Tokens = () => Promise<TokenPort>
type VaultHandlers = Pick<Handlers, "vault.create" | "vault.unlock" | "vault.lock" | "vault.verify" | "vault.compact">

/** The handlers for a vault as a whole; its keyslots and its backups have their own. */
export function vaultHandlers(session: VaultSession, longWorks: LongWorks, tokens: Tokens): VaultHandlers {
  return {
    "vault.create": async (input) => {
      using passphrase = new Secret(input.passphrase)
      const { kdf, unlockMs } = await chooseKdf(input.kdf)
      const { path, label, recovery } = input
      const created = await createStoredVault({ path, passphrase, kdf, label, recovery }, session.surroundings)
      return {
        vaultId: created.vaultId,
        path: created.path,
        kdf,
        unlockMs,
        ...(created.shares === null ? {} : { recoveryShares: created.shares.map(({ bytes }) => bytes) }),
      }
    },
    "vault.unlock": async (input) => {
      const credential = credentialOf(input, tokens)
      try {
        const { vault, failedAttempts, resumed, clock } = await session.unlock(
          input.path,
          credential,
          input.acceptRollback ?? false,
        )
        return { vaultId: vault.vaultId, failedAttempts, resumed: [...resumed], clock }
      } finally {
        disposeCredential(credential)
      }
    },
    "vault.lock": async () => {
      await session.lock()
      return { locked: true }
    },
    "vault.verify": () => longWorks.run("vault.verify", (work) => verifyVault(session.current(), work)),
    "vault.compact": async () => {
      const vault = session.current()
      const { directory } = vault
      const bytesBefore = statSync(directory.database).size
      vault.journal.purge()
      await vault.longCall("compact", undefined)
      vault.journal.record(() => ({ entry: { action: "vault.compact", target: null }, result: undefined }))
      vault.journal.purge()
      return { bytesBefore, bytesAfter: statSync(directory.database).size }
    },
  }
}

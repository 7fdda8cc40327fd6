import { statSync } from "node:fs"
import type { HandlersOf } from "../../preload/contract/index.ts"
import { identityFor, recipientFor } from "../crypto/age/file-parties.ts"
import type { Identity } from "../crypto/age/stanza.ts"
import type { FileCrypto, FileIdentity, FileWork } from "../domain/file-crypto.ts"
import type { TellProgress } from "../domain/progress.ts"
import {
  type FileWork as AgeFileWork,
  decryptFile as decryptAgeFile,
  encryptFile as encryptAgeFile,
} from "../store/age-files.ts"
import { decryptFile } from "../use-cases/file/decrypt-file.ts"
import { encryptFile } from "../use-cases/file/encrypt-file.ts"
import type { TokenUseParts } from "../use-cases/key-use/token-use.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"

export { abandonNewFiles } from "../store/new-file.ts"

/** Files in the age format, by our own modules. */
function ageFiles(tellProgress: TellProgress): FileCrypto {
  return {
    encryptFile: (work, recipients, isArmored) =>
      telling(work, tellProgress, (whole) => encryptAgeFile(whole, recipients.map(recipientFor), isArmored)),
    decryptFile: (work, identities, opened) =>
      telling(work, tellProgress, (whole) =>
        decryptAgeFile(
          whole,
          identities.map((identity) => openedBy(identity, opened)),
        ),
      ),
  }
}

/** What an age file adds to its content is not worth a second measure of the total. */
async function telling<Result>(
  work: FileWork,
  tellProgress: TellProgress,
  run: (work: AgeFileWork) => Promise<Result>,
): Promise<Result> {
  const stat = statSync(work.input, { throwIfNoEntry: false })
  const total = stat?.isFile() === true ? stat.size : null
  try {
    return await run({ ...work, onProgress: (done) => tellProgress({ done, total }) })
  } finally {
    tellProgress(null)
  }
}

/** The identity of age that tells of it when it opens a file. */
function openedBy(identity: FileIdentity, opened: (identity: FileIdentity) => void): Identity {
  const { unwrap } = identityFor(identity)
  return {
    async unwrap(stanzas) {
      const fileKey = await unwrap(stanzas)
      if (fileKey === null) return null
      try {
        opened(identity)
        return fileKey
      } catch (error) {
        fileKey[Symbol.dispose]()
        throw error
      }
    },
  }
}

/** The handlers for files of any size. */
export function fileHandlers(
  session: VaultSession,
  tokens: TokenUseParts["tokens"],
  tellProgress: TellProgress = () => undefined,
): HandlersOf<"file"> {
  const parts = { session, crypto: keyCrypto, tokens, files: ageFiles(tellProgress) }
  return { "file.encrypt": encryptFile(parts), "file.decrypt": decryptFile(parts) }
}

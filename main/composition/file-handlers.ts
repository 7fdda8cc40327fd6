import { statSync } from "node:fs"
import type { LongOperation } from "../../preload/contract/announcements.ts"
import type { HandlersOf } from "../../preload/contract/index.ts"
import { identityFor, recipientFor } from "../crypto/age/file-parties.ts"
import type { Identity } from "../crypto/age/stanza.ts"
import type { FileCrypto, FileIdentity, FileWork } from "../domain/file-crypto.ts"
import {
  type FileWork as AgeFileWork,
  decryptFile as decryptAgeFile,
  encryptFile as encryptAgeFile,
} from "../store/age-files.ts"
import { decryptFile } from "../use-cases/file/decrypt-file.ts"
import { encryptFile } from "../use-cases/file/encrypt-file.ts"
import type { TokenUseParts } from "../use-cases/key-use/token-use.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { LongWorks } from "./long-works.ts"
import type { VaultSession } from "./vault-session.ts"

export { abandonNewFiles } from "../store/new-file.ts"

/** Files in the age format, by our own modules. */
function ageFiles(longWorks: LongWorks): FileCrypto {
  return {
    encryptFile: (work, recipients, isArmored) =>
      following("file.encrypt", work, longWorks, (whole) =>
        encryptAgeFile(whole, recipients.map(recipientFor), isArmored),
      ),
    decryptFile: (work, identities, opened) =>
      following("file.decrypt", work, longWorks, (whole) =>
        decryptAgeFile(
          whole,
          identities.map((identity) => openedBy(identity, opened)),
        ),
      ),
  }
}

/** What an age file adds to its content is not worth a second measure of the total. */
function following<Result>(
  of: LongOperation,
  work: FileWork,
  longWorks: LongWorks,
  run: (work: AgeFileWork) => Promise<Result>,
): Promise<Result> {
  const stat = statSync(work.input, { throwIfNoEntry: false })
  const total = stat?.isFile() === true ? stat.size : null
  return longWorks.run(of, ({ tell, signal }) =>
    run({ ...work, signal, onProgress: (done) => tell({ done, total, unit: "bytes" }) }),
  )
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
  longWorks: LongWorks,
): HandlersOf<"file"> {
  const parts = { session, crypto: keyCrypto, tokens, files: ageFiles(longWorks) }
  return { "file.encrypt": encryptFile(parts), "file.decrypt": decryptFile(parts) }
}

import { rmSync, unlinkSync } from "node:fs"
import { VaultError } from "../domain/vault-error.ts"
import { hasErrorCode } from "./system-error.ts"

/** Removes a file, or a link, that may be there. Node's own `rmSync` gives some failures of the system no code. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!hasErrorCode(error, "ENOENT")) throw error
  }
}

/** Removes a folder that may be there, with all that is in it. @throws `IO_ERROR` */
export function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    throw new VaultError("IO_ERROR", `${path} can't be removed`)
  }
}

/** Cleans up after a failure. That one is to be told, not that on the same disk something can't be removed either. */
export function cleanUp(remove: () => void): void {
  try {
    remove()
  } catch {
    return
  }
}

import { lstatSync, rmSync, unlinkSync } from "node:fs"
import { unlink } from "node:fs/promises"
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

/** As much as the system lets go of within a frame. */
const muchBytes = 8 * 1024 * 1024

/** Whether to let go of what is there holds up whoever waits for it. */
export function isLarge(path: string): boolean {
  return (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0) >= muchBytes
}

/** As `removeFile`; while the system lets go of a large file, the event loop goes on. */
export async function removeLargeFile(path: string): Promise<void> {
  if (!isLarge(path)) return removeFile(path)
  try {
    await unlink(path)
  } catch (error) {
    // Somebody else may have removed it meanwhile.
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

/** As `cleanUp`, for what is large. */
export async function cleanUpLarge(remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch {
    return
  }
}

import { readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import { cleanUp, removeFile } from "../files/remove-file.ts"
import { replaceFile } from "../files/replace-file.ts"
import { makeDirectory } from "./make-directory.ts"

const Attempts = z.strictObject({ failed: z.int().nonnegative() })

const freeTries = 3
const firstDelayMs = 100
const longestDelayMs = 3000

/** Wrong passphrases and shares since the last right one: they slow the next try down and are logged by the next opening. */
export class UnlockAttempts {
  readonly #path: string

  constructor(configDirectory: string, vaultId: string) {
    this.#path = join(configDirectory, "attempts", `${vaultId}.json`)
  }

  failed(): number {
    try {
      // A pipe in its place would keep us waiting for ever.
      if (!statSync(this.#path).isFile()) return 0
      return Attempts.parse(JSON.parse(readFileSync(this.#path, "utf8"))).failed
    } catch {
      return 0
    }
  }

  /** Lets somebody try, after the wait that earlier wrong tries earned; it counts against nobody but those who guess. */
  async patiently<Result>(attempt: () => Promise<Result>): Promise<Result> {
    await setTimeout(this.delayMs())
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof VaultError && error.code.startsWith("WRONG_")) this.noteFailure()
      throw error
    }
  }

  /** Milliseconds to wait before the next try: none for a slip of the finger, then doubling, never a lock-out. */
  delayMs(): number {
    const beyond = this.failed() - freeTries
    return beyond < 0 ? 0 : Math.min(firstDelayMs * 2 ** Math.min(beyond, 10), longestDelayMs)
  }

  /** Best effort: the vault itself can't be written to while it is locked, and this place may be read-only. */
  noteFailure(): void {
    try {
      makeDirectory(dirname(this.#path))
      replaceFile(this.#path, new TextEncoder().encode(JSON.stringify({ failed: this.failed() + 1 })))
    } catch {
      return
    }
  }

  clear(): void {
    cleanUp(() => removeFile(this.#path))
  }
}

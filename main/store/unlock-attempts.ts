import { readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import { cleanUp, removeFile } from "../files/remove-file.ts"
import { replaceFile } from "../files/replace-file.ts"
import { makeDirectory } from "./make-directory.ts"

/** `at`: milliseconds since 1970 of the last one; earlier builds did not note it. */
const Attempts = z.strictObject({ failed: z.int().nonnegative(), at: z.number().optional() })
type Attempts = z.infer<typeof Attempts>

const freeTries = 3
const firstDelayMs = 100
const longestDelayMs = 3000

/** Wrong passphrases and shares since the last right one: they slow the next try down and are logged by the next opening. */
export class UnlockAttempts {
  readonly #path: string
  readonly #now: () => number

  /** @param now - milliseconds since 1970 */
  constructor(configDirectory: string, vaultId: string, now: () => number) {
    this.#path = join(configDirectory, "attempts", `${vaultId}.json`)
    this.#now = now
  }

  failed(): number {
    return this.#read().failed
  }

  /** Lets somebody try, after the wait that earlier wrong tries earned; it counts against nobody but those who guess. */
  async patiently<Result>(attempt: () => Promise<Result>): Promise<Result> {
    await setTimeout(this.waitMs())
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof VaultError && error.code.startsWith("WRONG_")) this.noteFailure()
      throw error
    }
  }

  /** Milliseconds until the next try: none for a slip of the finger, then doubling from try to try, never a lock-out. */
  waitMs(): number {
    const { failed, at } = this.#read()
    const delay = delayAfter(failed)
    const passed = at === undefined ? 0 : this.#now() - at
    // A clock that was set back makes nobody wait longer than this.
    return passed < 0 ? delay : Math.max(0, delay - passed)
  }

  /** Best effort: the vault itself can't be written to while it is locked, and this place may be read-only. */
  noteFailure(): void {
    try {
      const attempts: Attempts = { failed: this.failed() + 1, at: this.#now() }
      makeDirectory(dirname(this.#path))
      replaceFile(this.#path, new TextEncoder().encode(JSON.stringify(attempts)))
    } catch {
      return
    }
  }

  clear(): void {
    cleanUp(() => removeFile(this.#path))
  }

  #read(): Attempts {
    try {
      // A pipe in its place would keep us waiting for ever.
      if (!statSync(this.#path).isFile()) return none
      return Attempts.parse(JSON.parse(readFileSync(this.#path, "utf8")))
    } catch {
      return none
    }
  }
}

const none: Attempts = { failed: 0 }

function delayAfter(failed: number): number {
  const beyond = failed - freeTries
  return beyond < 0 ? 0 : Math.min(firstDelayMs * 2 ** Math.min(beyond, 10), longestDelayMs)
}

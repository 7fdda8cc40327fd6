import { chmodSync, lstatSync } from "node:fs"
import { cleanUpLarge } from "../files/remove-file.ts"
import { removeCopy, snapshotOf } from "./leftovers.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import type { VaultState } from "./vault-state.ts"

interface Copied {
  readonly directory: VaultDirectory
  /** Copies the database, its pages encrypted under the same key. @returns where the vault stands in the copy */
  copyTo(path: string): Promise<VaultState>
}

/** The vault's database as it was at one moment, in a file beside it. */
export class VaultSnapshot {
  readonly path: string
  readonly state: VaultState
  #inode: number | null

  private constructor(path: string, state: VaultState) {
    this.path = path
    this.state = state
    this.#inode = lstatSync(path).ino
  }

  static async take(source: Copied): Promise<VaultSnapshot> {
    const path = snapshotOf(source.directory)
    // What a killed program may have left there would stand in the way.
    await removeCopy(path)
    try {
      const state = await source.copyTo(path)
      chmodSync(path, 0o600)
      return new VaultSnapshot(path, state)
    } catch (error) {
      await cleanUpLarge(() => removeCopy(path))
      throw error
    }
  }

  /**
   * May be repeated. Whoever ends long after the vault was locked leaves what stands there by then: it is open again, and
   * that is the copy of the next backup.
   */
  async remove(): Promise<void> {
    if (lstatSync(this.path, { throwIfNoEntry: false })?.ino === this.#inode) await removeCopy(this.path)
    this.#inode = null
  }
}

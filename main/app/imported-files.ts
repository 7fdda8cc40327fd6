import { createHash } from "node:crypto"
import type { Dispatch } from "../operations/dispatch.ts"

/** Which files were imported whole since the vault was opened, by their hashes: only those may be shredded. */
export class ImportedFiles {
  readonly #hashes = new Set<string>()

  /** Watches what goes through the window's door. */
  watching(dispatch: Dispatch): Dispatch {
    return async (name, input) => {
      // The importer wipes the file: afterwards there is nothing left to hash.
      const hash = name === "key.import" ? hashOfFile(input) : null
      const reply = await dispatch(name, input)
      if (hash !== null && reply.ok && isWhole(reply.result)) this.#hashes.add(hash)
      return reply
    }
  }

  has(content: Uint8Array): boolean {
    return this.#hashes.has(hashOf(content))
  }

  forget(): void {
    this.#hashes.clear()
  }
}

function hashOfFile(input: unknown): string | null {
  const file: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "file") : undefined
  return file instanceof Uint8Array ? hashOf(file) : null
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}

/** Of a file with several keys, one that was refused may be in no other place. */
function isWhole(result: unknown): boolean {
  const keys: unknown = typeof result === "object" && result !== null ? Reflect.get(result, "keys") : undefined
  return Array.isArray(keys) && keys.length > 0 && keys.every((key: { ok?: unknown }) => key.ok === true)
}

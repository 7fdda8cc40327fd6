import type { Key } from "../../domain/key.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** A key that is not as the log left it is refused at every use, and `vault verify` names it: it keeps nobody out. */
export function genuine(find: () => readonly Key[]): readonly Key[] {
  try {
    return find()
  } catch (error) {
    if (error instanceof VaultError && error.code === "INTEGRITY_FAILED") return []
    throw error
  }
}

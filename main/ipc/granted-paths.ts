import { resolve } from "node:path"
import type { OperationName } from "../../preload/contract/index.ts"
import type { WindowOperationName } from "../../preload/contract/window.ts"
import { VaultError } from "../domain/vault-error.ts"

/** The fields of operations that name a file or a folder of this machine. */
export const pathFields: Partial<Record<OperationName | WindowOperationName, readonly string[]>> = {
  "vault.info": ["path"],
  "vault.create": ["path"],
  "vault.unlock": ["path"],
  "vault.recover": ["path"],
  "vault.backup": ["out"],
  "vault.restore": ["file", "to"],
  "vault.drill": ["file"],
  "vault.backup-destroyed": ["file"],
  "audit.export": ["out"],
  "audit.pack": ["out"],
  "token.modules.add": ["path"],
  "window.export": ["folder"],
  "window.export-public": ["folder"],
}

/**
 * The files and folders that the person at the machine has named, in a dialog of the system or by opening a vault there
 * before. A page that was taken over can't make us read or write anywhere else.
 */
export class GrantedPaths {
  readonly #granted = new Set<string>()

  grant(path: string): void {
    this.#granted.add(resolve(path))
  }

  /** @throws `POLICY_DENIED` for a path that nobody named */
  require(operation: string, input: unknown): void {
    if (typeof input !== "object" || input === null) return
    const fields = Object.entries(pathFields).find(([name]) => name === operation)?.[1] ?? []
    for (const field of fields) {
      const path: unknown = Reflect.get(input, field)
      if (typeof path === "string" && !this.#granted.has(resolve(path))) {
        throw new VaultError("POLICY_DENIED", `${field}: choose it in a dialog first`)
      }
    }
  }
}

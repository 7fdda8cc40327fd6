import { Buffer } from "node:buffer"
import { VaultError } from "../domain/vault-error.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import { type AuthenticHeader, parseHeader, readHeaderBytes } from "./vault-header.ts"

/**
 * The header of a locked vault, not yet authenticated: the first copy that can be read.
 * @throws `VAULT_CORRUPT`, `UNSUPPORTED_VERSION`
 */
export function readableHeader(directory: VaultDirectory): AuthenticHeader {
  const [first] = headerCandidates(directory)
  if (first === undefined) throw new VaultError("VAULT_CORRUPT", "vault.json")
  return first
}

/** The copies that parse, without one that is the same as the first. */
export function headerCandidates(directory: VaultDirectory): AuthenticHeader[] {
  const copies = [directory.header, directory.headerCopy].map(readHeaderBytes)
  const [first, second] = copies
  const distinct = areEqual(first ?? null, second ?? null) ? [first] : copies
  const failures: VaultError[] = []
  const headers = distinct.flatMap((bytes) => {
    if (bytes === null || bytes === undefined) return []
    try {
      return [parseHeader(bytes)]
    } catch (error) {
      if (!(error instanceof VaultError) || error.code === "UNSUPPORTED_VERSION") throw error
      failures.push(error)
      return []
    }
  })
  if (headers.length > 0) return headers
  throw failures[0] ?? new VaultError("VAULT_CORRUPT", "vault.json is missing, and so is its second copy")
}

/** Whether both copies are there and say the same. */
export function areCopiesEqual(directory: VaultDirectory): boolean {
  return areEqual(readHeaderBytes(directory.header), readHeaderBytes(directory.headerCopy))
}

function areEqual(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a !== null && b !== null && Buffer.from(a).equals(b)
}

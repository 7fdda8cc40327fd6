import { VaultError } from "../../domain/vault-error.ts"

/** A file that is no age file, or is one in another form than the only one that the format allows. */
export function invalidFile(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `age: ${reason}`)
}

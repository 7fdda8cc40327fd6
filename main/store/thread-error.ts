import type { FailureCode } from "../../preload/contract/failure.ts"
import { VaultError } from "../domain/vault-error.ts"

/** An error on its way from one thread to another, which would lose all but its message. */
export type SentError =
  | { readonly code: FailureCode; readonly detail: string | undefined }
  | { readonly message: string; readonly members: Readonly<Record<string, unknown>> }

export function sentError(error: unknown): SentError {
  if (error instanceof VaultError) return { code: error.code, detail: error.detail }
  const message = error instanceof Error ? error.message : "something that is no error was thrown"
  // What the operating system and SQLite say: code, syscall, path.
  return { message, members: error instanceof Error ? { ...error } : {} }
}

export function receivedError(sent: SentError): Error {
  return "message" in sent
    ? Object.assign(new Error(sent.message), sent.members)
    : new VaultError(sent.code, sent.detail)
}

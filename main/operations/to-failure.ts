import { randomUUID } from "node:crypto"
import type { Failure } from "../../preload/contract/failure.ts"
import { VaultError } from "../domain/vault-error.ts"
import { systemFailure } from "./system-failure.ts"

/** Tells our own log what really happened; nobody else learns it. */
export type ReportBug = (reference: string, error: unknown) => void

/** Known failures leave as their code. A bug leaves as a reference to our own log, never as its message or stack. */
export function toFailure(error: unknown, reportBug: ReportBug): Failure {
  if (error instanceof VaultError) {
    return error.detail === undefined ? { code: error.code } : { code: error.code, detail: error.detail }
  }
  const refused = systemFailure(error)
  if (refused !== null) return refused
  const reference = randomUUID()
  reportBug(reference, error)
  return { code: "INTERNAL", reference }
}

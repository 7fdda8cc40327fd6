import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Dispatch } from "../operations/dispatch.ts"
import { type ReportBug, toFailure } from "../operations/to-failure.ts"
import { logDenials } from "./log-denials.ts"
import type { VaultSession } from "./vault-session.ts"

/** Bytes, as the contract has it. */
const longest = 1024

/**
 * Whether who asks for an operation knows the passphrase of the open vault, found out by the work of unlocking it and with the
 * same patience. The log learns who did not.
 */
export function reauthentication(session: VaultSession, reportBug: ReportBug): Dispatch {
  const tellRefusal = logDenials(session)
  return async (name, input) => {
    try {
      await check(session, input)
      return { ok: true, result: null }
    } catch (error) {
      if (error instanceof VaultError) tellRefusal(name, input, error)
      return { ok: false, error: toFailure(error, reportBug) }
    }
  }
}

/** @throws `VAULT_LOCKED`, also when it was locked in the meantime; `POLICY_DENIED` without a passphrase; `WRONG_PASSPHRASE` */
async function check(session: VaultSession, input: unknown): Promise<void> {
  session.current()
  const given: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "passphrase") : undefined
  if (!(given instanceof Uint8Array) || given.length === 0 || given.length > longest) {
    throw new VaultError("POLICY_DENIED", "reauthentication: the passphrase has to be typed again for this")
  }
  using passphrase = Secret.copyOf(given)
  await session.slotOpenedBy(passphrase)
}

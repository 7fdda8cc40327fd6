import type { FailureCode } from "../../preload/contract/failure.ts"
import { pinIsNeeded } from "../../preload/contract/failure.ts"
import type { Json } from "../domain/audit-entry.ts"
import type { VaultError } from "../domain/vault-error.ts"
import { WantedWhileWaiting } from "../domain/waiting-destruction.ts"
import type { TellRefusal } from "../operations/dispatch.ts"
import type { VaultSession } from "./vault-session.ts"

const denials: readonly FailureCode[] = [
  "POLICY_DENIED",
  "STATE_DENIED",
  "APPROVAL_REQUIRED",
  "WRONG_PASSPHRASE",
  "PIN_INCORRECT",
  "PIN_LOCKED",
]

/**
 * Logs what a rule refused while a vault is open: who tries is as telling as who succeeds. Also what a token did wrongly: that
 * it gives a signature which is not the key's must not be known only to who asked for one.
 */
export function logDenials(session: VaultSession): TellRefusal {
  return (name, input, refusal) => {
    const outcome = outcomeOf(refusal)
    if (outcome === null || !session.isUnlocked()) return
    try {
      logDenial(session, String(name), targetOf(input), { refusal, outcome })
    } catch {
      // It was refused all the same, and that is the answer; dispatch never throws.
    }
  }
}

interface Logged {
  readonly refusal: VaultError
  readonly outcome: "denied" | "failed"
}

/** Who is asked for a PIN, having given none, was not denied anything yet. */
function outcomeOf({ code, detail }: VaultError): Logged["outcome"] | null {
  if (code === "TOKEN_ERROR") return "failed"
  return denials.includes(code) && !(code === "PIN_INCORRECT" && detail === pinIsNeeded) ? "denied" : null
}

function logDenial(session: VaultSession, action: string, asked: string | null, { refusal, outcome }: Logged): void {
  const { journal, keys } = session.current()
  const { code, detail } = refusal
  // The row is about the key that waits, also where it was to be wrapped by another one that was named.
  const waiting = refusal instanceof WantedWhileWaiting ? refusal : null
  const target = waiting?.key.name ?? asked
  const keyId = waiting?.key.id ?? (target === null ? undefined : keys.find(target)?.id)
  const alert: Readonly<Record<string, Json>> =
    waiting === null ? {} : { alert: "wanted-while-waiting", destroysAt: waiting.destroysAt, asked }
  journal.record(() => ({
    entry: {
      action,
      target,
      outcome,
      detail: { code, ...(detail === undefined ? {} : { rule: detail }), ...alert },
      ...(keyId === undefined ? {} : { usedKeyId: keyId }),
    },
    result: undefined,
  }))
}

function targetOf(input: unknown): string | null {
  if (typeof input !== "object" || input === null) return null
  if ("name" in input && typeof input.name === "string") return input.name
  return "uri" in input && typeof input.uri === "string" ? input.uri : null
}

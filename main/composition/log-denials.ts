import type { Failure, FailureCode } from "../../preload/contract/failure.ts"
import { pinIsNeeded } from "../../preload/contract/failure.ts"
import type { Dispatch } from "../operations/dispatch.ts"
import type { VaultSession } from "./vault-session.ts"

const denials: readonly FailureCode[] = [
  "POLICY_DENIED",
  "STATE_DENIED",
  "APPROVAL_REQUIRED",
  "WRONG_PASSPHRASE",
  "PIN_INCORRECT",
  "PIN_LOCKED",
]

/** Logs what a rule refused while a vault is open: who tries is as telling as who succeeds. */
export function loggingDenials(session: VaultSession, dispatch: Dispatch): Dispatch {
  return async (name, input) => {
    const reply = await dispatch(name, input)
    if (!reply.ok && isDenial(reply.error) && session.isUnlocked()) {
      try {
        logDenial(session, String(name), targetOf(input), reply.error)
      } catch {
        // It was refused all the same, and that is the answer; dispatch never throws.
        return reply
      }
    }
    return reply
  }
}

/** Who is asked for a PIN, having given none, was not denied anything yet. */
function isDenial({ code, detail }: Failure): boolean {
  return denials.includes(code) && !(code === "PIN_INCORRECT" && detail === pinIsNeeded)
}

function logDenial(session: VaultSession, action: string, target: string | null, { code, detail }: Failure): void {
  const { journal, keys } = session.current()
  const keyId = target === null ? undefined : keys.find(target)?.id
  journal.record(() => ({
    entry: {
      action,
      target,
      outcome: "denied",
      detail: { code, ...(detail === undefined ? {} : { rule: detail }) },
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

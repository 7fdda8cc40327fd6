import type { PinKind } from "../domain/token-port.ts"
import type { VaultSession } from "./vault-session.ts"

/** Notes that a token lets in who knows what everybody knows. Of the PIN itself the log says nothing. */
export function logFactoryPin(session: VaultSession, token: string, whose: PinKind): void {
  if (!session.isUnlocked()) return
  const entry = { action: "token.factory-pin", target: token, detail: { whose } }
  session.current().journal.record(() => ({ entry, result: undefined }))
}

import { auditHandlers } from "./composition/audit-handlers.ts"
import { fileHandlers } from "./composition/file-handlers.ts"
import { keyHandlers } from "./composition/key-handlers.ts"
import { keyslotHandlers } from "./composition/keyslot-handlers.ts"
import { loggingDenials } from "./composition/log-denials.ts"
import { seedHandlers } from "./composition/seed-handlers.ts"
import { vaultHandlers } from "./composition/vault-handlers.ts"
import { VaultSession } from "./composition/vault-session.ts"
import type { TellProgress } from "./domain/progress.ts"
import type { Claviger } from "./operations/claviger.ts"
import { createDispatch } from "./operations/dispatch.ts"
import type { ReportBug } from "./operations/to-failure.ts"
import { hardenProcess, wipeLeftovers } from "./platform/native-memory.ts"
import { SecretBox } from "./platform/secret-box.ts"

export interface CompositionOptions {
  readonly configDirectory: string
  /** Who acts, as the log names them. */
  readonly actor: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly reportBug: ReportBug
  readonly tellProgress?: TellProgress
}

/** The one place that knows every layer: builds the parts and names the handler of every operation. */
export function compose({ configDirectory, actor, now, reportBug, tellProgress }: CompositionOptions): Claviger {
  hardenProcess()
  const keep = (secret: ConstructorParameters<typeof SecretBox>[0]) => {
    // A debugger that was on its way in when the program started.
    hardenProcess()
    return new SecretBox(secret)
  }
  const session = new VaultSession({ configDirectory, actor, now, keep }, wipeLeftovers)
  const handlers = {
    ...vaultHandlers(session),
    ...keyslotHandlers(session),
    ...keyHandlers(session),
    ...seedHandlers(session),
    ...fileHandlers(session, tellProgress),
    ...auditHandlers(session),
  }
  return {
    dispatch: loggingDenials(session, createDispatch(handlers, reportBug)),
    group: {
      begin: () => session.current().journal.begin(),
      commit: () => session.current().journal.commit(),
      rollback: () => session.current().journal.rollback(),
    },
    isUnlocked: () => session.isUnlocked(),
    close: () => session.end(),
  }
}

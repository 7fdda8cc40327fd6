import type { HandlerLoaders } from "../preload/contract/index.ts"
import { besideOthers } from "./composition/beside-others.ts"
import { loggingDenials } from "./composition/log-denials.ts"
import { reauthentication } from "./composition/reauthentication.ts"
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
  /** For how many milliseconds to wait while another program has the vault open (0). */
  readonly patience?: number
  readonly tellProgress?: TellProgress
}

/** The one place that knows every layer: builds the parts and names the handler of every operation. */
export function compose(options: CompositionOptions): Claviger {
  const { configDirectory, actor, now, reportBug, patience, tellProgress } = options
  hardenProcess()
  const keep = (secret: ConstructorParameters<typeof SecretBox>[0]) => {
    // A debugger that was on its way in when the program started.
    hardenProcess()
    return new SecretBox(secret)
  }
  const atClose: (() => void)[] = []
  const session = new VaultSession({ configDirectory, actor, now, patience, keep }, wipeLeftovers)
  return {
    dispatch: besideOthers(
      session,
      loggingDenials(session, createDispatch(handlersOver(session, atClose, tellProgress), reportBug)),
    ),
    group: {
      begin: () => session.current().journal.begin(),
      commit: () => session.current().journal.commit(),
      rollback: () => session.current().journal.rollback(),
    },
    isUnlocked: () => session.isUnlocked(),
    visit: () => session.visit(),
    reauthenticate: reauthentication(session, reportBug),
    close() {
      session.end()
      for (const act of atClose) act()
    },
  }
}

/** What an operation needs is loaded when it is first asked for: loading all of it takes longer than most commands do. */
function handlersOver(
  session: VaultSession,
  atClose: (() => void)[],
  tellProgress: TellProgress | undefined,
): HandlerLoaders {
  return {
    async "vault.info"() {
      const { vaultInfo } = await import("./composition/vault-info.ts")
      return { "vault.info": ({ path }) => vaultInfo(session, path) }
    },
    async vault() {
      const { vaultHandlers } = await import("./composition/vault-handlers.ts")
      const { keyslotHandlers } = await import("./composition/keyslot-handlers.ts")
      return { ...vaultHandlers(session), ...keyslotHandlers(session) }
    },
    keyring: async () => (await import("./composition/keyring-handlers.ts")).keyringHandlers(session),
    key: async () => (await import("./composition/key-handlers.ts")).keyHandlers(session),
    seed: async () => (await import("./composition/seed-handlers.ts")).seedHandlers(session),
    async file() {
      const { fileHandlers, abandonNewFiles } = await import("./composition/file-handlers.ts")
      atClose.push(abandonNewFiles)
      return fileHandlers(session, tellProgress)
    },
    audit: async () => (await import("./composition/audit-handlers.ts")).auditHandlers(session),
  }
}

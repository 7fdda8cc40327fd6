import { join } from "node:path"
import type { HandlerLoaders } from "../preload/contract/index.ts"
import { besideOthers } from "./composition/beside-others.ts"
import type { InventoryPace, TellEditedKeys } from "./composition/check-inventory.ts"
import { logDenials } from "./composition/log-denials.ts"
import { logFactoryPin } from "./composition/log-factory-pin.ts"
import { logRemoval } from "./composition/log-removal.ts"
import { LongWorks } from "./composition/long-works.ts"
import { reauthentication } from "./composition/reauthentication.ts"
import { VaultSession } from "./composition/vault-session.ts"
import type { TellProgress } from "./domain/long-work.ts"
import type { StartHost } from "./domain/module-host.ts"
import { parseTokenUri } from "./domain/token-uri.ts"
import type { UsbPort } from "./domain/usb-port.ts"
import type { Claviger } from "./operations/claviger.ts"
import { createDispatch } from "./operations/dispatch.ts"
import type { ReportBug } from "./operations/to-failure.ts"
import { hardenProcess, wipeLeftovers } from "./platform/native-memory.ts"
import { SecretBox } from "./platform/secret-box.ts"
import type { StoredVault } from "./store/stored-vault.ts"
import type { Patience } from "./token/module-process.ts"
import type { TellFactoryPin, TokenClient } from "./token/token-client.ts"

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
  /** How the processes of PKCS#11 libraries are started; by Node.js unless something else is said. */
  readonly startTokenHost?: StartHost
  /** What is plugged in, where somebody watches it; else it is looked at when it is asked for. */
  readonly usb?: UsbPort
  /** How long those libraries may take, where that is not as usual. */
  readonly tokenPatience?: Patience
  /** Told, once, of a token whose PIN is one that such tokens come with. */
  readonly tellFactoryPin?: TellFactoryPin
  /** Told, once after an unlock, of keys that were edited past the log. */
  readonly tellEditedKeys?: TellEditedKeys
  /** How the keys of a vault are checked after an unlock, where that is not as usual. */
  readonly inventoryPace?: InventoryPace
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
  let tokens: Promise<TokenClient> | null = null
  const tokenPort = (): Promise<TokenClient> => {
    tokens ??= startTokens(options, (token, kind, maker) => {
      logFactoryPin(session, token, kind)
      options.tellFactoryPin?.(token, kind, maker)
    })
    return tokens
  }
  // Whoever was logged in to a token is so no longer when the vault is locked.
  const logOut = async (): Promise<void> => (await tokens)?.close()
  const afterLock = async (): Promise<void> => {
    try {
      await logOut()
    } finally {
      await wipeLeftovers()
    }
  }
  const atClose: (() => void)[] = [() => void logOut()]
  const longWorks = new LongWorks(tellProgress)
  const beforeLock = () => longWorks.endForLock()
  const session = new VaultSession(
    { configDirectory, actor, now, patience, keep, tokens: tokenPort },
    { onOpened: inventoryCheck(options), beforeLock, afterLock },
  )
  return {
    dispatch: besideOthers(
      session,
      createDispatch(
        handlersOver(session, { tokens: tokenPort, usb: options.usb, atClose, longWorks }),
        reportBug,
        logDenials(session),
      ),
    ),
    group: {
      begin: () => session.current().journal.begin(),
      commit: () => session.current().journal.commit(),
      rollback: () => session.current().journal.rollback(),
    },
    isUnlocked: () => session.isUnlocked(),
    cancel: (of) => longWorks.cancel(of),
    visit: () => session.visit(),
    isTokenShown: async (uri) => (session.isUnlocked() ? await (await tokenPort()).isShown(parseTokenUri(uri)) : null),
    noteRemoval: (removed) => logRemoval(session, removed),
    reauthenticate: reauthentication(session, reportBug),
    close() {
      beforeLock()
      session.end()
      for (const act of atClose) act()
    },
  }
}

/** Loaded with the first vault that is opened. */
function inventoryCheck({
  reportBug,
  inventoryPace: pace,
  tellEditedKeys: tell = () => undefined,
}: CompositionOptions) {
  return async (vault: StoredVault): Promise<void> => {
    const { checkInventory } = await import("./composition/check-inventory.ts")
    await checkInventory(vault, { tell, reportBug, pace })
  }
}

/** The part for tokens is loaded when somebody asks for one. */
async function startTokens(
  { configDirectory, startTokenHost, tokenPatience }: CompositionOptions,
  tellFactoryPin: TellFactoryPin,
): Promise<TokenClient> {
  const [{ TokenClient }, { ModuleRegistry }, { forkHost }, { replaceFile }] = await Promise.all([
    import("./token/token-client.ts"),
    import("./token/module-registry.ts"),
    import("./token/host-process.ts"),
    import("./files/replace-file.ts"),
  ])
  const registry = new ModuleRegistry({ file: join(configDirectory, "modules.json"), replaceFile })
  return new TokenClient(registry, startTokenHost ?? forkHost, tokenPatience, tellFactoryPin)
}

interface HandlerParts {
  readonly tokens: () => Promise<TokenClient>
  readonly usb: UsbPort | undefined
  readonly atClose: (() => void)[]
  readonly longWorks: LongWorks
}

/** What an operation needs is loaded when it is first asked for: loading all of it takes longer than most commands do. */
function handlersOver(session: VaultSession, { tokens, usb, atClose, longWorks }: HandlerParts): HandlerLoaders {
  return {
    async "vault.info"() {
      const { vaultInfo } = await import("./composition/vault-info.ts")
      return { "vault.info": ({ path }) => vaultInfo(session, path) }
    },
    async vault() {
      const { vaultHandlers } = await import("./composition/vault-handlers.ts")
      const { keyslotHandlers } = await import("./composition/keyslot-handlers.ts")
      const { backupHandlers } = await import("./composition/backup-handlers.ts")
      return {
        ...vaultHandlers(session, longWorks, tokens),
        ...backupHandlers(session, longWorks, tokens),
        ...keyslotHandlers(session, tokens),
      }
    },
    keyring: async () => (await import("./composition/keyring-handlers.ts")).keyringHandlers(session, tokens),
    policy: async () => (await import("./composition/policy-handlers.ts")).policyHandlers(session),
    report: async () => (await import("./composition/report-handlers.ts")).reportHandlers(session),
    key: async () => (await import("./composition/key-handlers.ts")).keyHandlers(session, tokens, longWorks),
    rotation: async () =>
      (await import("./composition/rotation-handlers.ts")).rotationHandlers(session, tokens, longWorks),
    event: async () => (await import("./composition/event-handlers.ts")).eventHandlers(session, tokens, longWorks),
    incident: async () => (await import("./composition/incident-handlers.ts")).incidentHandlers(session),
    async token() {
      const { tokenHandlers } = await import("./composition/token-handlers.ts")
      const { UsbBus } = await import("./usb/usb-bus.ts")
      return tokenHandlers(session, tokens, usb ?? new UsbBus())
    },
    seed: async () => (await import("./composition/seed-handlers.ts")).seedHandlers(session, tokens),
    async file() {
      const { fileHandlers, abandonNewFiles } = await import("./composition/file-handlers.ts")
      atClose.push(abandonNewFiles)
      return fileHandlers(session, tokens, longWorks)
    },
    audit: async () => (await import("./composition/audit-handlers.ts")).auditHandlers(session),
  }
}

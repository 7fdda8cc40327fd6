import type { Token, TokenModule } from "../../preload/contract/token-object.ts"
import type { LibraryState } from "../../preload/contract/usb-device.ts"
import type { StartHost } from "../domain/module-host.ts"
import type { TokenLibrary } from "../domain/token-libraries.ts"
import { isSameToken, meansTokenInSlot, parseTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { ModuleProcess, moduleHangs, type Patience } from "./module-process.ts"
import type { ModuleRegistry, RegisteredModule } from "./module-registry.ts"

/** Of a token, what its library tells. */
export type FoundToken = Omit<Token, "factoryPins">

/** A library that is left alone for a while. */
export interface LeftOut {
  readonly path: string
  readonly reason: string
}

/** Of a library that can't be used. */
const nothingTold = { library: null, slots: null, mechanisms: null } as const

/** For how long a library that hung is not waited for again, in ms. */
const leaveAlone = 5 * 60_000

/** The libraries of this machine, each in a process of its own, and which token is behind which. */
export class TokenFinder {
  readonly #registry: ModuleRegistry
  readonly #start: StartHost
  readonly #patience: Patience
  readonly #hosts = new Map<string, ModuleProcess>()
  /** Which token a URI meant last, and behind which module it was, so that one key's work need not wake all of them. */
  readonly #seen = new Map<string, Pick<FoundToken, "uri" | "module" | "hasPinPad">>()
  /** When a module that hung is asked again, on the clock of `performance`. */
  readonly #hung = new Map<string, number>()

  constructor(registry: ModuleRegistry, start: StartHost, patience: Patience) {
    this.#registry = registry
    this.#start = start
    this.#patience = patience
  }

  /** Asks each of them, also one that was left alone. */
  modules(): Promise<TokenModule[]> {
    this.#hung.clear()
    return Promise.all(this.#registry.list().map((module) => this.#describe(module)))
  }

  /** What is no library is not kept; one that does not start may start another time. @throws `INVALID_INPUT` */
  async addModule(path: string, parameters: string | null): Promise<TokenModule> {
    this.#hung.delete(path)
    const added = this.#registry.add(path, parameters)
    try {
      return await this.#described(added)
    } catch (error) {
      if (!(error instanceof VaultError && error.code === "INVALID_INPUT")) return failedModule(added, error)
      this.removeModule(path)
      throw new VaultError("INVALID_INPUT", `module: ${error.detail}`, { cause: error })
    }
  }

  removeModule(path: string): void {
    this.#registry.remove(path)
    this.#hosts.get(path)?.close()
    this.#hosts.delete(path)
  }

  libraryState(library: TokenLibrary): LibraryState {
    return this.#registry.stateOf(library)
  }

  async tokens(): Promise<FoundToken[]> {
    return await this.#tokensBehind(this.#usable().filter((path) => !this.#isLeftAlone(path)))
  }

  leftOut(): LeftOut[] {
    return this.#usable().flatMap((path) => (this.#isLeftAlone(path) ? [{ path, reason: moduleHangs }] : []))
  }

  /** Whether the library that a URI names shows its token; `null` when it does not say. */
  async isShown(uri: TokenUri): Promise<boolean | null> {
    const path = this.#usable().find((usable) => usable === uri.modulePath)
    if (path === undefined || this.#isLeftAlone(path)) return null
    try {
      const shown = await this.#listening(path, (host) => host.call("shown", {}))
      return shown.some((token) => isSameToken(uri, parseTokenUri(token)))
    } catch (error) {
      if (error instanceof VaultError) return null
      throw error
    }
  }

  /** The one token that a URI means, and its library. @throws `TOKEN_ABSENT`, `INVALID_INPUT` */
  async locate(uri: TokenUri): Promise<{ readonly token: FoundToken; readonly host: ModuleProcess }> {
    // A URI chooses among the modules that are known; it adds none. Who names one will wait for it.
    const paths = this.#usable().filter((path) =>
      uri.modulePath === undefined ? !this.#isLeftAlone(path) : uri.modulePath === path,
    )
    const token = (await this.#whereItWas(uri, paths)) ?? (await this.#onlyOne(uri, paths))
    this.#seen.set(nameOf(uri), token)
    this.#registry.recent.note(token.module)
    return { token, host: this.#host(token.module) }
  }

  /** Only what can't mean another token is taken from the first library that has it: a name alone may be borne by several. */
  async #whereItWas(uri: TokenUri, paths: readonly string[]): Promise<FoundToken | null> {
    if (!isTelling(uri)) return null
    for (const path of this.#registry.recent.among(paths)) {
      const [token, other] = (await this.#tokensOf(path)).filter((found) => meansTokenInSlot(uri, found))
      if (token !== undefined && other === undefined) return token
    }
    return null
  }

  async #onlyOne(uri: TokenUri, paths: readonly string[]): Promise<FoundToken> {
    const [token, other] = (await this.#tokensBehind(paths)).filter((found) => meansTokenInSlot(uri, found))
    if (token === undefined) throw this.#absent(uri)
    if (other !== undefined)
      throw new VaultError("INVALID_INPUT", "the URI means several tokens: add serial=, slot-id= or ?module-path=")
    return token
  }

  /** The token that a URI means, behind the library where it was last seen: `forget` is for when it is not there any more. */
  async seen(
    uri: TokenUri,
  ): Promise<{ readonly token: string; readonly hasPinPad: boolean; readonly host: ModuleProcess }> {
    const { uri: token, module, hasPinPad } = this.#seen.get(nameOf(uri)) ?? (await this.locate(uri)).token
    return { token, hasPinPad, host: this.#host(module) }
  }

  /** It may come back behind another library. */
  forget(uri: TokenUri): void {
    this.#seen.delete(nameOf(uri))
  }

  close(): void {
    for (const host of this.#hosts.values()) host.close()
    this.#hosts.clear()
    this.#seen.clear()
  }

  #usable(): string[] {
    return this.#registry.list().flatMap(({ path, refusal }) => (refusal === null ? [path] : []))
  }

  #isLeftAlone(path: string): boolean {
    return (this.#hung.get(path) ?? 0) > performance.now()
  }

  #absent({ token, modulePath }: TokenUri): VaultError {
    const leftOut = this.leftOut().map(
      ({ path }) => `${path} was not asked, because it hung: token modules asks it again`,
    )
    const isUnknown = modulePath !== undefined && !this.#usable().includes(modulePath)
    const library = isUnknown ? [`${modulePath} is none of the libraries in use, which token modules lists`] : []
    const parts = [...(token === undefined ? [] : [`token ${token}`]), ...library, ...leftOut]
    return new VaultError("TOKEN_ABSENT", parts.length === 0 ? undefined : parts.join("; "))
  }

  async #describe(registered: RegisteredModule): Promise<TokenModule> {
    const { refusal, ...module } = registered
    if (refusal !== null) return { ...module, state: "refused", reason: refusal, ...nothingTold }
    try {
      return await this.#described(registered)
    } catch (error) {
      return failedModule(registered, error)
    }
  }

  async #described({ refusal: _, ...module }: RegisteredModule): Promise<TokenModule> {
    const told = await this.#listening(module.path, (host) => host.call("describe", {}))
    return { ...module, state: "usable", reason: null, ...told }
  }

  async #tokensBehind(paths: readonly string[]): Promise<FoundToken[]> {
    return (await Promise.all(paths.map((path) => this.#tokensOf(path)))).flat()
  }

  /**
   * A module that fails has no tokens; `modules` tells why. One that shows none is started anew for the next look: some see for ever what
   * there was when they started.
   */
  async #tokensOf(path: string): Promise<FoundToken[]> {
    try {
      const tokens = await this.#listening(path, (host) => host.call("tokens", {}))
      if (tokens.length === 0) this.#host(path).closeIfIdle()
      return tokens.map((token) => ({ ...token, module: path }))
    } catch (error) {
      if (error instanceof VaultError) return []
      throw error
    }
  }

  /** Remembers who did not answer: else each list would wait for it. */
  async #listening<Result>(path: string, ask: (host: ModuleProcess) => Promise<Result>): Promise<Result> {
    try {
      const answer = await ask(this.#host(path))
      this.#hung.delete(path)
      return answer
    } catch (error) {
      const isHanging = error instanceof VaultError && error.detail === moduleHangs
      if (isHanging) this.#hung.set(path, performance.now() + leaveAlone)
      throw error
    }
  }

  #host(path: string): ModuleProcess {
    const running = this.#hosts.get(path)
    if (running !== undefined) return running
    const parameters = this.#registry.list().find((module) => module.path === path)?.parameters ?? null
    const host = new ModuleProcess(() => this.#start(path, parameters), this.#patience)
    this.#hosts.set(path, host)
    return host
  }
}

/** Whether it says all that tells tokens apart. */
function isTelling({ token, manufacturer, model, serial }: TokenUri): boolean {
  return token !== undefined && manufacturer !== undefined && model !== undefined && /[^0 ]/.test(serial ?? "")
}

function nameOf({ token, manufacturer, model, serial, modulePath, slotId }: TokenUri): string {
  return JSON.stringify([token, manufacturer, model, serial, modulePath, slotId])
}

function failedModule({ refusal: _, ...module }: RegisteredModule, error: unknown): TokenModule {
  const reason = error instanceof VaultError ? (error.detail ?? error.code) : "it can't be loaded"
  return { ...module, state: "failed", reason, ...nothingTold }
}

import type { Token, TokenModule, TokenObject } from "../../preload/contract/token-object.ts"
import type { Mechanism } from "../../preload/contract/values.ts"
import type { Secret } from "../domain/secret.ts"
import type { NewTokenKey, PinKind, TokenKey, TokenPort, TokenWork } from "../domain/token-port.ts"
import { formatTokenUri, parseTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { StartHost } from "./host-process.ts"
import { ModuleProcess, type Patience, usualPatience } from "./module-process.ts"
import type { ModuleRegistry, RegisteredModule } from "./module-registry.ts"

/** Tokens behind PKCS#11, each library in a process of its own. */
export class TokenClient implements TokenPort {
  readonly #registry: ModuleRegistry
  readonly #start: StartHost
  readonly #patience: Patience
  readonly #hosts = new Map<string, ModuleProcess>()
  /** Which module a token was last seen behind, so that one key's work need not wake all of them. */
  readonly #seen = new Map<string, string>()

  constructor(registry: ModuleRegistry, start: StartHost, patience = usualPatience) {
    this.#registry = registry
    this.#start = start
    this.#patience = patience
  }

  modules(): Promise<TokenModule[]> {
    return Promise.all(this.#registry.list().map((module) => this.#describe(module)))
  }

  addModule(path: string, parameters: string | null): Promise<TokenModule> {
    return this.#describe(this.#registry.add(path, parameters))
  }

  async removeModule(path: string): Promise<void> {
    this.#registry.remove(path)
    this.#hosts.get(path)?.close()
    this.#hosts.delete(path)
  }

  async tokens(): Promise<Token[]> {
    const found = await Promise.all(this.#usable().map((path) => this.#tokensOf(path)))
    return found.flat()
  }

  async find(uri: TokenUri): Promise<Token> {
    const { token } = await this.#locate(uri)
    return token
  }

  async initialise(uri: TokenUri, label: string, soPin: Secret): Promise<Token> {
    const { token, host } = await this.#locate(uri)
    const made = await host.call("initialise", { uri: token.uri, label, soPin: soPin.bytes })
    return { ...made, module: token.module }
  }

  async setUserPin(uri: TokenUri, soPin: Secret, newPin: Secret): Promise<Token> {
    const { token, host } = await this.#locate(uri)
    const changed = await host.call("setUserPin", { uri: token.uri, soPin: soPin.bytes, newPin: newPin.bytes })
    return { ...changed, module: token.module }
  }

  async changePin(uri: TokenUri, kind: PinKind, pin: Secret, newPin: Secret): Promise<Token> {
    const { token, host } = await this.#locate(uri)
    const changed = await host.call("changePin", { uri: token.uri, kind, pin: pin.bytes, newPin: newPin.bytes })
    return { ...changed, module: token.module }
  }

  async objects(uri: TokenUri, pin: Secret | null): Promise<TokenObject[]> {
    return await this.#atKey(uri, (host, target) => host.call("objects", { uri: target, pin: pin?.bytes ?? null }))
  }

  async generate(uri: TokenUri, pin: Secret | null, key: NewTokenKey, { signal }: TokenWork = {}): Promise<TokenKey> {
    const made = await this.#atKey(uri, (host, target) =>
      host.call("generate", { uri: target, pin: pin?.bytes ?? null, ...key }, signal),
    )
    if (uri.modulePath === undefined) return made
    // Who had to say which library is meant will have to say so again.
    return { ...made, uri: formatTokenUri({ ...parseTokenUri(made.uri), modulePath: uri.modulePath }) }
  }

  async destroy(uri: TokenUri, pin: Secret | null): Promise<void> {
    await this.#atKey(uri, (host, target) => host.call("destroy", { uri: target, pin: pin?.bytes ?? null }))
  }

  async sign(uri: TokenUri, pin: Secret | null, mechanism: Mechanism, message: Uint8Array): Promise<Uint8Array> {
    const more = { pin: pin?.bytes ?? null, mechanism, message: new Uint8Array(message) }
    return await this.#atKey(uri, (host, target) => host.call("sign", { uri: target, ...more }))
  }

  close(): void {
    for (const host of this.#hosts.values()) host.close()
    this.#hosts.clear()
    this.#seen.clear()
  }

  #usable(): string[] {
    return this.#registry.list().flatMap(({ path, refusal }) => (refusal === null ? [path] : []))
  }

  async #describe({ refusal, ...module }: RegisteredModule): Promise<TokenModule> {
    if (refusal !== null) return { ...module, state: "refused", reason: refusal, library: null, slots: null }
    try {
      const { library, slots } = await this.#host(module.path).call("describe", {})
      return { ...module, state: "usable", reason: null, library, slots }
    } catch (error) {
      return { ...module, state: "failed", reason: reasonOf(error), library: null, slots: null }
    }
  }

  /**
   * A module that fails has no tokens; `modules` tells why. One that shows none is started anew for the next look: some see for ever what
   * there was when they started.
   */
  async #tokensOf(path: string): Promise<Token[]> {
    try {
      const host = this.#host(path)
      const tokens = await host.call("tokens", {})
      if (tokens.length === 0) host.closeIfIdle()
      return tokens.map((token) => ({ ...token, module: path }))
    } catch (error) {
      if (error instanceof VaultError) return []
      throw error
    }
  }

  /** Acts in the host of the token that a URI means. */
  async #atKey<Result>(uri: TokenUri, act: (host: ModuleProcess, target: string) => Promise<Result>): Promise<Result> {
    const seen = this.#seen.get(nameOf(uri))
    const host = seen === undefined ? (await this.#locate(uri)).host : this.#host(seen)
    try {
      return await act(host, formatTokenUri(uri))
    } catch (error) {
      // It may come back behind another library.
      if (error instanceof VaultError && error.code === "TOKEN_ABSENT") this.#seen.delete(nameOf(uri))
      throw error
    }
  }

  async #locate(uri: TokenUri): Promise<{ readonly token: Token; readonly host: ModuleProcess }> {
    // A URI chooses among the modules that are known; it adds none.
    const paths = this.#usable().filter((path) => uri.modulePath === undefined || uri.modulePath === path)
    const all = (await Promise.all(paths.map((path) => this.#tokensOf(path)))).flat()
    const found = all.filter((token) => isMeant(uri, token))
    const [token, other] = found
    if (token === undefined)
      throw new VaultError("TOKEN_ABSENT", uri.token === undefined ? undefined : `token ${uri.token}`)
    if (other !== undefined)
      throw new VaultError("INVALID_INPUT", "the URI means several tokens: add serial= or ?module-path=")
    this.#seen.set(nameOf(uri), token.module)
    return { token, host: this.#host(token.module) }
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

function isMeant(uri: TokenUri, token: Token): boolean {
  return (
    (["manufacturer", "model", "serial"] as const).every(
      (name) => uri[name] === undefined || uri[name] === token[name],
    ) &&
    (uri.token === undefined || uri.token === token.label)
  )
}

function nameOf({ token, manufacturer, model, serial, modulePath, slotId }: TokenUri): string {
  return JSON.stringify([token, manufacturer, model, serial, modulePath, slotId])
}

function reasonOf(error: unknown): string {
  return error instanceof VaultError ? (error.detail ?? error.code) : "it can't be loaded"
}

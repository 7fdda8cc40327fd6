import type { Token, TokenModule, TokenObject } from "../../preload/contract/token-object.ts"
import type { LibraryState } from "../../preload/contract/usb-device.ts"
import type { Algorithm, Mechanism } from "../../preload/contract/values.ts"
import type { StartHost } from "../domain/module-host.ts"
import { Secret } from "../domain/secret.ts"
import type { TokenLibrary } from "../domain/token-libraries.ts"
import type {
  BroughtKey,
  CallCounts,
  NewTokenKey,
  PinKind,
  TokenCipher,
  TokenKey,
  TokenKeyReport,
  TokenPort,
  TokenProbe,
  TokenTransport,
  TokenWork,
  TokenWrapping,
} from "../domain/token-port.ts"
import { formatTokenUri, parseTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { CallCounter } from "./call-counter.ts"
import { factoryPinOf } from "./factory-pins.ts"
import { type ModuleProcess, usualPatience } from "./module-process.ts"
import type { ModuleRegistry } from "./module-registry.ts"
import { type FoundToken, type LeftOut, TokenFinder } from "./token-finder.ts"

/** Told when a PIN that was taken is one that the token came with. @param maker - whose tokens come with it */
export type TellFactoryPin = (token: string, kind: PinKind, maker: string) => void

/** Tokens behind PKCS#11, each library in a process of its own. */
export class TokenClient implements TokenPort {
  readonly #finder: TokenFinder
  readonly #tellFactoryPin: TellFactoryPin
  /** By token, those PINs that are known to be as they came. */
  readonly #factoryPins = new Map<string, Set<PinKind>>()
  readonly #counter = new CallCounter()

  constructor(
    registry: ModuleRegistry,
    start: StartHost,
    patience = usualPatience,
    tellFactoryPin: TellFactoryPin = () => undefined,
  ) {
    this.#finder = new TokenFinder(registry, start, patience)
    this.#tellFactoryPin = tellFactoryPin
  }

  modules(): Promise<TokenModule[]> {
    return this.#finder.modules()
  }

  addModule(path: string, parameters: string | null): Promise<TokenModule> {
    return this.#finder.addModule(path, parameters)
  }

  async removeModule(path: string): Promise<void> {
    this.#finder.removeModule(path)
  }

  libraryState(library: TokenLibrary): LibraryState {
    return this.#finder.libraryState(library)
  }

  async tokens(): Promise<Token[]> {
    return (await this.#finder.tokens()).map((token) => this.#known(token))
  }

  leftOut(): readonly LeftOut[] {
    return this.#finder.leftOut()
  }

  async find(uri: TokenUri): Promise<Token> {
    const { token } = await this.#finder.locate(uri)
    return this.#known(token)
  }

  isShown(uri: TokenUri): Promise<boolean | null> {
    return this.#finder.isShown(uri)
  }

  async probe(uri: TokenUri): Promise<TokenProbe> {
    const { token, host } = await this.#finder.locate(uri)
    return await this.#counter.count(token.uri, () => host.call("probe", { uri: token.uri }))
  }

  takeCounts(token: string): CallCounts {
    return this.#counter.take(token)
  }

  async initialise(uri: TokenUri, label: string, soPin: Secret): Promise<Token> {
    const { token, host } = await this.#finder.locate(uri)
    const made = await host.call("initialise", { uri: token.uri, label, soPin: soPin.bytes })
    this.#learn(made.uri, "so", soPin)
    return this.#known({ ...made, module: token.module })
  }

  async setUserPin(uri: TokenUri, soPin: Secret, newPin: Secret): Promise<Token> {
    const { token, host } = await this.#finder.locate(uri)
    const changed = await host.call("setUserPin", { uri: token.uri, soPin: soPin.bytes, newPin: newPin.bytes })
    this.#learn(token.uri, "so", soPin)
    this.#learn(token.uri, "user", newPin)
    return this.#known({ ...changed, module: token.module })
  }

  async changePin(uri: TokenUri, kind: PinKind, pin: Secret, newPin: Secret): Promise<Token> {
    const { token, host } = await this.#finder.locate(uri)
    const changed = await host.call("changePin", { uri: token.uri, kind, pin: pin.bytes, newPin: newPin.bytes })
    this.#learn(token.uri, kind, newPin)
    return this.#known({ ...changed, module: token.module })
  }

  async objects(uri: TokenUri, pin: Secret | null): Promise<TokenObject[]> {
    return await this.#atKey(uri, pin, (host, target) => host.call("objects", target))
  }

  async generate(uri: TokenUri, pin: Secret | null, key: NewTokenKey, { signal }: TokenWork = {}): Promise<TokenKey> {
    const made = await this.#atKey(uri, pin, (host, target) => host.call("generate", { ...target, ...key }, signal))
    return { ...made, uri: behindSame(uri, made.uri) }
  }

  async destroy(uri: TokenUri, pin: Secret | null, publicKey: Uint8Array | null = null): Promise<boolean> {
    const key = { publicKey: publicKey && asOwn(publicKey) }
    return (await this.#atKey(uri, pin, (host, target) => host.call("destroy", { ...target, ...key }))).objects > 0
  }

  async sign(uri: TokenUri, pin: Secret | null, mechanism: Mechanism, message: Uint8Array): Promise<Uint8Array> {
    const more = { mechanism, message: asOwn(message) }
    return await this.#atKey(uri, pin, (host, target) => host.call("sign", { ...target, ...more }))
  }

  async inspect(uri: TokenUri, pin: Secret | null): Promise<TokenKeyReport> {
    const report = await this.#atKey(uri, pin, (host, target) => host.call("inspect", target))
    return { ...report, uri: behindSame(uri, report.uri) }
  }

  transport(uri: TokenUri, pin: Secret | null): Promise<TokenTransport> {
    return this.#atKey(uri, pin, (host, target) => host.call("transport", target))
  }

  async importKey(uri: TokenUri, pin: Secret | null, { publicKey, packed, ...key }: BroughtKey): Promise<TokenKey> {
    const bytes = { publicKey: publicKey && asOwn(publicKey), packed: asOwn(packed) }
    const made = await this.#atKey(uri, pin, (host, target) => host.call("importKey", { ...target, ...key, ...bytes }))
    return { uri: behindSame(uri, made.uri), publicKey }
  }

  encrypt(uri: TokenUri, pin: Secret | null, plaintext: Uint8Array, aad: Uint8Array): Promise<Uint8Array> {
    return this.#atKey(uri, pin, (host, target) =>
      host.call("encrypt", { ...target, plaintext: asOwn(plaintext), aad: asOwn(aad) }),
    )
  }

  async decrypt(
    uri: TokenUri,
    pin: Secret | null,
    cipher: TokenCipher,
    ciphertext: Uint8Array,
  ): Promise<Secret | null> {
    const how = cipher.mechanism === "aes-gcm" ? { ...cipher, aad: asOwn(cipher.aad) } : cipher
    const opened = await this.#atKey(uri, pin, (host, target) =>
      host.call("decrypt", { ...target, cipher: how, ciphertext: asOwn(ciphertext) }),
    )
    return opened === null ? null : new Secret(opened)
  }

  mac(uri: TokenUri, pin: Secret | null, algorithm: Algorithm, message: Uint8Array): Promise<Uint8Array> {
    return this.#atKey(uri, pin, (host, target) => host.call("mac", { ...target, algorithm, message: asOwn(message) }))
  }

  wrap(uri: TokenUri, pin: Secret | null, packed: Uint8Array): Promise<Uint8Array> {
    return this.#atKey(uri, pin, (host, target) => host.call("wrap", { ...target, packed: asOwn(packed) }))
  }

  async unwrap(
    uri: TokenUri,
    pin: Secret | null,
    wrapping: TokenWrapping,
    wrapped: Uint8Array,
  ): Promise<Secret | null> {
    const opened = await this.#atKey(uri, pin, (host, target) =>
      host.call("unwrap", { ...target, wrapping, wrapped: asOwn(wrapped) }),
    )
    return opened === null ? null : new Secret(opened)
  }

  async agree(uri: TokenUri, pin: Secret | null, peer: Uint8Array): Promise<Secret> {
    return new Secret(
      await this.#atKey(uri, pin, (host, target) => host.call("agree", { ...target, peer: asOwn(peer) })),
    )
  }

  close(): void {
    this.#finder.close()
  }

  /** Acts in the host of the token that a URI means. */
  async #atKey<Result>(
    uri: TokenUri,
    pin: Secret | null,
    act: (
      host: Pick<ModuleProcess, "call">,
      target: { readonly uri: string; readonly pin: Secret["bytes"] | null },
    ) => Promise<Result>,
  ): Promise<Result> {
    const { token, hasPinPad, host } = await this.#finder.seen(uri)
    const isTyped = pin === null && hasPinPad
    const call: ModuleProcess["call"] = (name, input, signal) => host.call(name, input, signal, isTyped)
    try {
      const target = { uri: formatTokenUri(uri), pin: pin?.bytes ?? null }
      const result = await this.#counter.count(token, () => act({ call }, target))
      if (pin !== null) this.#learn(token, "user", pin)
      return result
    } catch (error) {
      if (error instanceof VaultError && error.code === "TOKEN_ABSENT") this.#finder.forget(uri)
      throw error
    }
  }

  /** Looks at a PIN that the token has taken. What it was is not kept, but whether it is one that everybody knows. */
  #learn(token: string, kind: PinKind, pin: Secret): void {
    const maker = factoryPinOf(kind, pin.bytes)
    const kinds = this.#factoryPins.get(token) ?? new Set()
    const isNews = maker !== null && !kinds.has(kind)
    if (maker === null) kinds.delete(kind)
    else kinds.add(kind)
    this.#factoryPins.set(token, kinds)
    if (isNews) this.#tellFactoryPin(token, kind, maker)
  }

  #known(token: FoundToken): Token {
    const kinds = this.#factoryPins.get(token.uri)
    return { ...token, factoryPins: (["user", "so"] as const).filter((kind) => kinds?.has(kind) === true) }
  }
}

/** Who had to say which library is meant will have to say so again. */
function behindSame({ modulePath }: TokenUri, text: string): string {
  return modulePath === undefined ? text : formatTokenUri({ ...parseTokenUri(text), modulePath })
}

/** The same bytes, and no copy that nobody would wipe. */
function asOwn(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes)
}

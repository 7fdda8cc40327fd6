import { createPublicKey } from "node:crypto"
import type { HostProcess, StartHost } from "../../../main/domain/module-host.ts"
import { parseTokenUri, type TokenUri } from "../../../main/domain/token-uri.ts"
import { type Patience, usualPatience } from "../../../main/token/module-process.ts"
import type { TokenClient } from "../../../main/token/token-client.ts"
import type { TokenObject } from "../../../preload/contract/token-object.ts"
import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import { clientOf } from "../client-of.ts"
import { opensslVerifies } from "../openssl-verifies.ts"
import { pin } from "../soft-hsm.ts"
import { type ModuleUnderTest, type OpenModule, userPin } from "./module-under-test.ts"

const message = "a message"

export interface SubjectKey {
  readonly uri: TokenUri
  /** In PEM; of a secret key none. */
  readonly publicKey: string
}

/** A client of a module's token. */
export class Subject implements Disposable {
  readonly open: OpenModule
  readonly client: TokenClient
  readonly token: TokenUri
  readonly #hosts: Hosts
  readonly #isOwner: boolean

  private constructor(open: OpenModule, patience: Patience, isOwner: boolean) {
    this.open = open
    this.token = parseTokenUri(open.uri)
    this.#hosts = new Hosts(open.startHost)
    this.#isOwner = isOwner
    this.client = clientOf(open.folder, [open], { startHost: this.#hosts.start, patience })
  }

  static async of(module: ModuleUnderTest): Promise<Subject> {
    const subject = new Subject(await module.open(), usualPatience, true)
    try {
      await subject.open.makeReady(subject.client)
      await subject.login()
      return subject
    } catch (error) {
      subject[Symbol.dispose]()
      throw error
    }
  }

  /** Another client of the same token. */
  withPatience(patience: Patience): Subject {
    return new Subject(this.open, patience, false)
  }

  /** @returns what is in the token */
  async login(text = userPin): Promise<TokenObject[]> {
    using user = pin(text)
    return await this.client.objects(this.token, user)
  }

  async generate(algorithm: Algorithm, label: string): Promise<SubjectKey> {
    const made = await this.client.generate(this.token, null, { algorithm, purpose: purposeOf(algorithm), label })
    return { uri: parseTokenUri(made.uri), publicKey: made.publicKey === null ? "" : pemOf(made.publicKey) }
  }

  async sign(key: TokenUri, mechanism: Mechanism, pinText: string | null = null): Promise<Uint8Array> {
    using user = pinText === null ? null : pin(pinText)
    return await this.client.sign(key, user, mechanism, Buffer.from(message))
  }

  async signsWell(key: SubjectKey, mechanism: Mechanism, pinText: string | null = null): Promise<boolean> {
    return opensslVerifies(key.publicKey, mechanism, message, await this.sign(key.uri, mechanism, pinText))
  }

  /** A key that is there from the start. */
  async ownKey(id: number): Promise<SubjectKey> {
    const halves = await this.client.objects({ ...this.token, id: Buffer.from([id]) }, null)
    const privateHalf = halves.find(({ kind }) => kind === "private-key")
    const publicKey = halves.find((half) => half.publicKey !== null)?.publicKey
    if (privateHalf === undefined || !publicKey) throw new Error(`there is no key ${id}`)
    return { uri: parseTokenUri(privateHalf.uri), publicKey: pemOf(publicKey) }
  }

  /** The process of the library gets SIGKILL when it is sent the next call. */
  killAtNextCall(): void {
    this.#hosts.isDoomed = true
  }

  [Symbol.dispose](): void {
    this.client.close()
    if (this.#isOwner) this.open[Symbol.dispose]()
  }
}

/** Starts processes, and kills one at the worst moment. */
class Hosts {
  readonly start: StartHost
  isDoomed = false

  constructor(start: StartHost) {
    this.start = (path, parameters) => {
      const host = start(path, parameters)
      return { ...host, send: (message) => this.#send(host, message) }
    }
  }

  #send(host: HostProcess, message: unknown): void {
    if (this.isDoomed) host.kill()
    else host.send(message)
    this.isDoomed = false
  }
}

function purposeOf(algorithm: Algorithm): "encryption" | "mac" | "signature" {
  if (algorithm.startsWith("aes-")) return "encryption"
  return algorithm.startsWith("hmac-") ? "mac" : "signature"
}

export function pemOf(der: Uint8Array): string {
  return createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" })
    .export({ format: "pem", type: "spki" })
    .toString()
}

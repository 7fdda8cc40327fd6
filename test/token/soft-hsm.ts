import { execFileSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { Secret } from "../../main/domain/secret.ts"
import type { Patience } from "../../main/token/module-process.ts"
import type { TokenClient } from "../../main/token/token-client.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { clientOf } from "./client-of.ts"

export const softHsmModule = "/usr/lib/softhsm/libsofthsm2.so"
export const soPin = "12345678"
export const userPin = "123456"

/** SoftHSM 2 with tokens of its own, which the processes that are started from here see too: their environment says where. */
export class SoftHsm implements Disposable {
  readonly #folder = temporaryFolder()
  readonly #before = process.env["SOFTHSM2_CONF"]
  readonly configuration = this.#folder.file("softhsm2.conf")

  constructor() {
    mkdirSync(this.tokens)
    this.#configure(this.configuration, this.tokens)
    this.plugIn()
  }

  get tokens(): string {
    return this.#folder.file("tokens")
  }

  file(name: string): string {
    return this.#folder.file(name)
  }

  /** Makes a token with both PINs. */
  token(label: string, pin = userPin): void {
    const pins = ["--so-pin", soPin, "--pin", pin]
    execFileSync("softhsm2-util", ["--init-token", "--free", "--label", label, ...pins], { stdio: "pipe" })
  }

  /** Processes that are started from now on find another place, with nothing in it. @returns its configuration */
  pullOut(): string {
    mkdirSync(this.#folder.file("empty"), { recursive: true })
    this.#configure(this.#folder.file("empty.conf"), this.#folder.file("empty"))
    process.env["SOFTHSM2_CONF"] = this.#folder.file("empty.conf")
    return this.#folder.file("empty.conf")
  }

  /** All tokens that there were are gone for good. */
  replaceTokens(): void {
    rmSync(this.tokens, { recursive: true })
    mkdirSync(this.tokens)
  }

  plugIn(): void {
    process.env["SOFTHSM2_CONF"] = this.configuration
  }

  /** A client that knows these libraries and no others. */
  client(patience?: Patience, ...libraries: readonly string[]): TokenClient {
    const paths = libraries.length === 0 ? [softHsmModule] : libraries
    const choices = paths.map((library) => ({ library, parameters: null }))
    return clientOf(this.#folder.path, choices, { patience })
  }

  /** What OpenSC's program says of the same tokens. */
  pkcs11Tool(...args: readonly string[]): string {
    return execFileSync("pkcs11-tool", ["--module", softHsmModule, ...args], { encoding: "utf8", stdio: "pipe" })
  }

  #configure(file: string, tokens: string): void {
    writeFileSync(file, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  }

  [Symbol.dispose](): void {
    if (this.#before === undefined) delete process.env["SOFTHSM2_CONF"]
    else process.env["SOFTHSM2_CONF"] = this.#before
    this.#folder[Symbol.dispose]()
  }
}

export function pin(text = userPin): Secret {
  return new Secret(new Uint8Array(Buffer.from(text)))
}

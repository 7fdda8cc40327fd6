import type { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import type { HostProcess, StartHost } from "./host-process.ts"
import {
  type TokenCallInput,
  type TokenCallName,
  type TokenCallOutput,
  TokenReply,
  tokenCalls,
} from "./token-protocol.ts"

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** How long a module may take before it counts as hanging, in ms. Making an RSA key on a card takes a minute and more. */
const usualPatience = 10_000
const patienceFor: Readonly<Partial<Record<TokenCallName, number>>> = { generate: 600_000, initialise: 60_000 }

/**
 * One module, in a process that is started when it is first needed and again whenever it ended. Calls are sent at once, and done there one
 * after the other. What hangs is killed; a call that was under way then has failed, and is not made again.
 */
export class ModuleProcess {
  readonly #path: string
  readonly #start: StartHost
  readonly #waiting = new Map<number, Waiting>()
  #process: HostProcess | null = null
  #calls = 0

  constructor(path: string, start: StartHost) {
    this.#path = path
    this.#start = start
  }

  /** @throws `TOKEN_ERROR` when the module crashes or hangs, and what the module itself refuses with */
  async call<Name extends TokenCallName>(
    call: Name,
    input: z.input<(typeof tokenCalls)[Name]["input"]> & TokenCallInput<Name>,
    signal?: AbortSignal,
  ): Promise<TokenCallOutput<Name>> {
    signal?.throwIfAborted()
    const giveUp = (): void => this.#end(new VaultError("TOKEN_ERROR", "it was given up on"))
    const timer = setTimeout(
      () => this.#end(new VaultError("TOKEN_ERROR", "its module hangs")),
      patienceFor[call] ?? usualPatience,
    )
    signal?.addEventListener("abort", giveUp)
    try {
      const result = await this.#ask(call, input)
      const checked = tokenCalls[call].output.safeParse(result)
      if (!checked.success) throw new VaultError("TOKEN_ERROR", "its module answers what makes no sense")
      // The schema is this call's; the compiler can't follow it through the table.
      return checked.data as TokenCallOutput<Name>
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener("abort", giveUp)
    }
  }

  close(): void {
    this.#end(new VaultError("TOKEN_ERROR", "it was closed"))
  }

  #ask(call: TokenCallName, input: unknown): Promise<unknown> {
    const host = this.#running()
    this.#calls += 1
    const id = this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      host.send({ id, call, input })
    })
  }

  #running(): HostProcess {
    if (this.#process !== null) return this.#process
    const host = this.#start(this.#path)
    host.onMessage((message) => this.#hear(message))
    host.onEnd((how) => {
      if (this.#process === host) this.#end(new VaultError("TOKEN_ERROR", `its module ended: ${how}`))
    })
    this.#process = host
    return host
  }

  #hear(message: unknown): void {
    const reply = TokenReply.safeParse(message)
    if (!reply.success) {
      this.#end(new VaultError("TOKEN_ERROR", "its module answers what makes no sense"))
      return
    }
    const { id } = reply.data
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (reply.data.ok) waiting?.resolve(reply.data.result)
    else waiting?.reject(new VaultError(reply.data.code, reply.data.detail ?? undefined))
  }

  /** Ends the process; whoever waits hears why. The next call starts another one. */
  #end(why: VaultError): void {
    const host = this.#process
    this.#process = null
    host?.kill()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(why)
  }
}

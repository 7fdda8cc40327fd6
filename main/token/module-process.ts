import type { z } from "zod"
import type { HostProcess } from "../domain/module-host.ts"
import { VaultError } from "../domain/vault-error.ts"
import {
  hostStarted,
  type TokenCallInput,
  type TokenCallName,
  type TokenCallOutput,
  TokenReply,
  tokenCalls,
} from "./token-protocol.ts"

interface Waiting {
  readonly patience: number
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** How long a module may take before it counts as hanging, in ms. */
export type Patience = Readonly<Partial<Record<TokenCallName, number>>> & { readonly others: number }

/** Making an RSA key on a card takes a minute and more. */
export const usualPatience: Patience = { generate: 600_000, initialise: 60_000, others: 10_000 }

/** Why a module that did not answer in time was ended. */
export const moduleHangs = "its module hangs"

/** How long a person may take to type a PIN on a reader, which the module waits for. */
const typingPatience = 120_000

/** How long a process may take to start, on a machine that is busy. */
const startPatience = 60_000

/**
 * One module, in a process that is started when it is first needed and again whenever it ended. Calls are sent at once, and done there one
 * after the other. What hangs is killed; a call that was under way then has failed, and is not made again.
 */
export class ModuleProcess {
  readonly #start: () => HostProcess
  readonly #patience: Patience
  readonly #waiting = new Map<number, Waiting>()
  #process: HostProcess | null = null
  #isStarted = false
  #calls = 0
  #timer: NodeJS.Timeout | undefined

  constructor(start: () => HostProcess, patience: Patience) {
    this.#start = start
    this.#patience = patience
  }

  /**
   * @param isTyped - whether somebody is asked for a PIN meanwhile, on the reader
   * @throws `TOKEN_ERROR` when the module crashes or hangs, and what the module itself refuses with
   */
  async call<Name extends TokenCallName>(
    call: Name,
    input: z.input<(typeof tokenCalls)[Name]["input"]> & TokenCallInput<Name>,
    signal?: AbortSignal,
    isTyped = false,
  ): Promise<TokenCallOutput<Name>> {
    // Who gave up says why; whoever else waits for this library hears that it was given up on.
    const why = (givenUp: VaultError): unknown => (signal?.reason instanceof VaultError ? signal.reason : givenUp)
    if (signal?.aborted === true) throw why(wasGivenUp())
    // Made when it is needed: a stack takes longer to write down than a small call to be sent.
    let givenUp: VaultError | null = null
    const giveUp = (): void => {
      givenUp = wasGivenUp()
      this.#end(givenUp)
    }
    signal?.addEventListener("abort", giveUp)
    try {
      const result = await this.#ask(call, input, isTyped)
      const checked = tokenCalls[call].output.safeParse(result)
      if (!checked.success) throw new VaultError("TOKEN_ERROR", "its module answers what makes no sense")
      // The schema is this call's; the compiler can't follow it through the table.
      return checked.data as TokenCallOutput<Name>
    } catch (error) {
      throw error instanceof VaultError && error === givenUp ? why(error) : error
    } finally {
      signal?.removeEventListener("abort", giveUp)
    }
  }

  /** Unless somebody waits for an answer. */
  closeIfIdle(): void {
    if (this.#waiting.size === 0) this.close()
  }

  close(): void {
    this.#end(new VaultError("TOKEN_ERROR", "it was closed"))
  }

  #ask(call: TokenCallName, input: unknown, isTyped: boolean): Promise<unknown> {
    const host = this.#running()
    this.#calls += 1
    const id = this.#calls
    const usual = this.#patience[call] ?? this.#patience.others
    const patience = isTyped ? Math.max(typingPatience, usual) : usual
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { patience, resolve, reject })
      if (this.#waiting.size === 1) this.#watch()
      host.send({ id, call, input })
    })
  }

  /** The oldest call is the one that is being done; the others wait for it, and their time has not begun. */
  #watch(): void {
    clearTimeout(this.#timer)
    const [oldest] = this.#waiting.values()
    if (oldest === undefined) return
    const giveUp = (): void => this.#end(new VaultError("TOKEN_ERROR", moduleHangs))
    this.#timer = setTimeout(giveUp, this.#isStarted ? oldest.patience : startPatience)
  }

  #running(): HostProcess {
    if (this.#process !== null) return this.#process
    const host = this.#start()
    host.onMessage((message) => {
      if (this.#process === host) this.#hear(message)
    })
    host.onEnd((how) => {
      if (this.#process === host) this.#end(new VaultError("TOKEN_ERROR", `its module ended: ${how}`))
    })
    this.#process = host
    this.#isStarted = false
    return host
  }

  #hear(message: unknown): void {
    if (message === hostStarted) {
      this.#isStarted = true
      this.#watch()
      return
    }
    const heard = TokenReply.safeParse(message)
    if (!heard.success) {
      this.#end(new VaultError("TOKEN_ERROR", "its module answers what makes no sense"))
      return
    }
    const reply = heard.data
    const failure = reply.ok ? null : new VaultError(reply.code, reply.detail ?? undefined)
    // What it missed when it was loaded may be there the next time.
    if (failure !== null && !reply.ok && reply.isFinal) this.#end(failure)
    else this.#settle(reply.id, reply.ok ? reply.result : null, failure)
  }

  #settle(id: number, result: unknown, failure: VaultError | null): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    this.#watch()
    if (failure === null) waiting?.resolve(result)
    else waiting?.reject(failure)
  }

  /** Ends the process; whoever waits hears why. The next call starts another one. */
  #end(why: VaultError): void {
    const host = this.#process
    this.#process = null
    host?.kill()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#watch()
    for (const { reject } of waiting) reject(why)
  }
}

function wasGivenUp(): VaultError {
  return new VaultError("TOKEN_ERROR", "it was given up on")
}

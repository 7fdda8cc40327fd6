import { VaultError } from "../domain/vault-error.ts"
import { lineToMain } from "./host-line.ts"
import { tokenDriver } from "./token-driver.ts"
import { LibrarySpent, toVaultError } from "./token-failure.ts"
import { TokenLibrary } from "./token-library.ts"
import { hostStarted, type TokenReply, TokenRequest, tokenCalls } from "./token-protocol.ts"

/**
 * Entry of the process that loads a vendor's library, whose crash is an error message and whose bug can't read the vault: it is
 * given the library's path as its argument, and what the library is told when it starts, and ends when main does.
 */
const [path = "", parameters = null] = process.argv.slice(2)
const line = lineToMain()
line.send(hostStarted)
const library = loaded()
const driver = library instanceof Error ? null : tokenDriver(library)

line.onMessage(answer)

function loaded(): TokenLibrary | Error {
  try {
    return new TokenLibrary(path, parameters)
  } catch (error) {
    return error instanceof Error ? error : new Error("the library can't be loaded")
  }
}

function answer(message: unknown): void {
  const { id, call, input } = TokenRequest.parse(message)
  const reply = replyTo(id, () => run(call, input))
  line.send(reply)
  // It has been written down for the way.
  if (reply.ok && reply.result instanceof Uint8Array) reply.result.fill(0)
}

function run(call: TokenRequest["call"], raw: unknown): unknown {
  if (library instanceof VaultError) throw library
  if (driver === null) throw new VaultError("TOKEN_ERROR", library instanceof Error ? library.message : undefined)
  const input = tokenCalls[call].input.parse(raw)
  // Name and input belong together by the table; the compiler can't follow them through a variable.
  const work = driver[call] as (input: unknown) => unknown
  try {
    return work(input)
  } finally {
    wipeBytes(input)
  }
}

/** PINs, and what was to be signed or encrypted: they came in a message of their own, and nobody needs them any more. */
function wipeBytes(input: object): void {
  for (const value of Object.values(input)) if (value instanceof Uint8Array) value.fill(0)
}

function replyTo(id: number, work: () => unknown): TokenReply {
  try {
    return { id, ok: true, result: work() }
  } catch (thrown) {
    const error = toVaultError(thrown)
    const failed = { id, ok: false, isFinal: driver === null || error instanceof LibrarySpent } as const
    if (error instanceof VaultError) return { ...failed, code: error.code, detail: error.detail ?? null }
    return { ...failed, code: "TOKEN_ERROR", detail: error instanceof Error ? error.message.slice(0, 500) : null }
  }
}

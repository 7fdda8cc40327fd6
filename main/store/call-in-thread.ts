import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { LongCallInput, LongCallName, LongCallResult } from "./long-calls.ts"
import { receivedError, type SentError } from "./thread-error.ts"

/** What the thread is given; it wipes the key. */
export interface ThreadTask {
  readonly database: string
  readonly pageKey: Uint8Array<ArrayBuffer>
  readonly call: LongCallName
  readonly input: LongCallInput<LongCallName>
  /** What is secret in the input: moved, not copied, and wiped there. */
  readonly secrets: readonly Uint8Array<ArrayBuffer>[]
}

interface Options {
  /** Gives up: what SQLite is doing is still done, or undone, as a whole. */
  readonly signal?: AbortSignal
  readonly secrets?: ThreadTask["secrets"]
}

export type ThreadAnswer = { readonly result: unknown } | { readonly error: SentError }

/** The worker lies beside this file, as its source or, in the bundle, built. */
const worker = new URL(
  import.meta.url.endsWith(".ts") ? "./long-call-worker.ts" : "./long-call-worker.js",
  import.meta.url,
)

/**
 * Makes a long call in a thread of its own, on a database that nobody else has open. When this ends, however it ends, the
 * thread has ended, and its connection with it.
 */
export async function callInThread<Name extends LongCallName>(
  database: string,
  pageKey: Secret,
  call: Name,
  input: LongCallInput<Name>,
  { signal, secrets = [] }: Options = {},
): Promise<LongCallResult<Name>> {
  const task: ThreadTask = { database, pageKey: Secret.copyOf(pageKey.bytes).bytes, call, input, secrets }
  const thread = startThread(task)
  try {
    const answer = await answerOf(thread, signal)
    if ("error" in answer) throw receivedError(answer.error)
    // The thread made this very call.
    return answer.result as LongCallResult<Name>
  } catch (error) {
    throw signal?.aborted === true ? new VaultError("VAULT_LOCKED") : error
  } finally {
    await thread.terminate()
  }
}

function startThread(task: ThreadTask): Worker {
  const secrets = [task.pageKey, ...task.secrets]
  try {
    return new Worker(worker, { workerData: task, transferList: secrets.map(({ buffer }) => buffer) })
  } catch (error) {
    // What was moved already is empty here, and has no place for zeros.
    for (const secret of secrets) if (secret.length > 0) secret.fill(0)
    throw error
  }
}

async function answerOf(thread: Worker, signal: AbortSignal | undefined): Promise<ThreadAnswer> {
  const ended = once(thread, "exit").then(() => {
    throw new Error("the thread gave no answer")
  })
  const [answer]: ThreadAnswer[] = await Promise.race([once(thread, "message", { signal }), ended])
  if (answer === undefined) throw new Error("the thread gave no answer")
  return answer
}

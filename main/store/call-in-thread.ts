import { Worker } from "node:worker_threads"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { LongCallInput, LongCallName, LongCallResult } from "./long-calls.ts"
import { receivedError, type SentError, sentError } from "./thread-error.ts"

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
  /** Gives up: nobody waits for what the call finds, but it is still done, or undone, as a whole. */
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
  const answer = await answerOf(startThread(task))
  if (signal?.aborted === true) throw new VaultError("VAULT_LOCKED")
  if ("error" in answer) throw receivedError(answer.error)
  // The thread made this very call.
  return answer.result as LongCallResult<Name>
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

/**
 * What a thread says before it ends by itself. It is never stopped: that waits for SQLite all the same, skips what wipes the keys,
 * and takes the database apart from outside.
 */
async function answerOf(thread: Worker): Promise<ThreadAnswer> {
  let answer: ThreadAnswer = { error: sentError(new Error("the thread gave no answer")) }
  thread.on("message", (said: ThreadAnswer) => {
    answer = said
  })
  thread.once("error", (error) => {
    answer = { error: sentError(error) }
  })
  await new Promise((resolve) => thread.once("exit", resolve))
  return answer
}

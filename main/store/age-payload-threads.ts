import { on } from "node:events"
import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { type Course, notIntact } from "../crypto/age/payload-stream.ts"
import { type ChaChaProvider, chachaProvider } from "../crypto/chacha20-poly1305.ts"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"

/** A payload between two files, both of which can be read and written anywhere. */
export interface FilePayload {
  readonly direction: "seal" | "open"
  /** What is to be worked on. */
  readonly input: { readonly descriptor: number; readonly start: number; readonly length: number }
  readonly output: { readonly descriptor: number; readonly start: number }
}

/** What a thread is given; the key is its own copy. */
export interface PayloadTask extends FilePayload {
  readonly key: Uint8Array<ArrayBuffer>
  readonly provider: ChaChaProvider
  /** Which of how many: they take turns. */
  readonly thread: number
  readonly threads: number
  /** Not zero: to stop before the next turn. */
  readonly halt: Int32Array
}

/** What a thread says: how many bytes of the plaintext it has done since, or why it does no more. */
export type PayloadReport =
  | { readonly kind: "done"; readonly bytes: number }
  | { readonly kind: "not-intact" }
  | { readonly kind: "cut-short" }

/** The worker lies beside this file, as its source or, in the bundle, built. */
const worker = new URL(
  import.meta.url.endsWith(".ts") ? "./age-payload-worker.ts" : "./age-payload-worker.js",
  import.meta.url,
)

/** More than two wait for the disk. */
const mostThreads = 2

/**
 * Seals or opens a payload from file to file, in threads that read, work and write by themselves: the event loop has nothing
 * to do with it. None of them touches the files any longer once this has ended, however it did.
 * @throws INTEGRITY_FAILED; IO_ERROR when the input became shorter
 */
export async function workThroughFile(key: Secret, payload: FilePayload, course: Course): Promise<void> {
  const { signal, onProgress } = course
  signal?.throwIfAborted()
  const halt = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const stop = (): void => void Atomics.store(halt, 0, 1)
  signal?.addEventListener("abort", stop)
  let done = 0
  const report = (bytes: number): void => {
    done += bytes
    onProgress?.(done)
  }
  const threads = Math.min(mostThreads, availableParallelism())
  const tasks = Array.from({ length: threads }, (_, thread): PayloadTask => {
    return { ...payload, key: Secret.copyOf(key.bytes).bytes, provider: chachaProvider, thread, threads, halt }
  })
  const ended = await Promise.allSettled(tasks.map((task) => runThread(task, report, stop)))
  signal?.removeEventListener("abort", stop)
  signal?.throwIfAborted()
  const failed = ended.find((each) => each.status === "rejected")
  if (failed !== undefined) throw failed.reason
}

/** @param stop - ends the other threads, which have no more to do once one has failed */
async function runThread(task: PayloadTask, onDone: (bytes: number) => void, stop: () => void): Promise<void> {
  const thread = new Worker(worker, { workerData: task, transferList: [task.key.buffer] })
  const exited = new Promise((resolve) => thread.once("exit", resolve))
  try {
    for await (const said of on(thread, "message", { close: ["exit"] })) {
      const [report]: PayloadReport[] = said
      if (report?.kind === "done") onDone(report.bytes)
      if (report?.kind === "not-intact") throw notIntact()
      if (report?.kind === "cut-short") throw new VaultError("IO_ERROR", "the file became shorter while it was read")
    }
  } catch (error) {
    stop()
    throw error
  } finally {
    await exited
  }
}

import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { Secret } from "../../domain/secret.ts"
import type { MlDsaAlgorithm, SlhDsaAlgorithm } from "./parameter-sets.ts"

type SigningAlgorithm = MlDsaAlgorithm | SlhDsaAlgorithm

/** A private key as the worker takes it: an ML-DSA seed, or a whole key of ML-DSA or SLH-DSA. */
export interface WorkerKey {
  readonly form: "seed" | "whole"
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What the worker is given; it wipes the key. */
export type WorkerTask =
  | {
      readonly work: "sign"
      readonly algorithm: SigningAlgorithm
      readonly key: WorkerKey
      readonly message: Uint8Array
    }
  | {
      readonly work: "verify"
      readonly algorithm: SigningAlgorithm
      readonly publicKey: Uint8Array
      readonly message: Uint8Array
      readonly signature: Uint8Array
    }
  | { readonly work: "make-key"; readonly algorithm: SlhDsaAlgorithm; readonly key: WorkerKey }

/** The worker lies beside this file, as its source or, in the bundle, built. */
const worker = new URL(import.meta.url.endsWith(".ts") ? "./noble-worker.ts" : "./noble-worker.js", import.meta.url)

/** Signs with @noble/post-quantum in a thread of its own: ML-DSA takes tens of milliseconds, SLH-DSA seconds. */
export async function nobleSign(
  algorithm: SigningAlgorithm,
  form: WorkerKey["form"],
  key: Uint8Array,
  message: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf(await answerTo({ work: "sign", algorithm, key: { form, bytes: Secret.copyOf(key).bytes }, message }))
}

/** Verifies with @noble/post-quantum in a thread of its own, because a message may be long. */
export async function nobleVerify(
  algorithm: SigningAlgorithm,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return (await answerTo({ work: "verify", algorithm, publicKey, message, signature })) === true
}

/**
 * The private key of SLH-DSA with the root of its tree, which takes a second to compute (FIPS 205, algorithm 18).
 *
 * @param seed - SK.seed, SK.prf and PK.seed: the first three quarters of the key
 */
export async function nobleSlhDsaKey(algorithm: SlhDsaAlgorithm, seed: Uint8Array): Promise<Secret> {
  const key: WorkerKey = { form: "seed", bytes: Secret.copyOf(seed).bytes }
  return new Secret(bytesOf(await answerTo({ work: "make-key", algorithm, key })))
}

async function answerTo(task: WorkerTask): Promise<unknown> {
  const transferList = task.work === "verify" ? [] : [task.key.bytes.buffer]
  const thread = new Worker(worker, { workerData: task, transferList })
  try {
    const [answer]: unknown[] = await once(thread, "message")
    return answer
  } finally {
    await thread.terminate()
  }
}

function bytesOf(answer: unknown): Uint8Array<ArrayBuffer> {
  if (answer instanceof Uint8Array && answer.buffer instanceof ArrayBuffer) return new Uint8Array(answer.buffer)
  throw new Error("post-quantum worker: no bytes")
}

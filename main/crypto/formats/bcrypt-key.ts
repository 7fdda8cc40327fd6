import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { Secret } from "../../domain/secret.ts"

/** What the worker is given; it wipes the passphrase. */
export interface BcryptTask {
  readonly passphrase: Uint8Array<ArrayBuffer>
  readonly salt: Uint8Array
  readonly rounds: number
  /** of the key, in bytes */
  readonly length: number
}

/** The worker lies beside this file, as its source or, in the bundle, built. */
const worker = new URL(import.meta.url.endsWith(".ts") ? "./bcrypt-worker.ts" : "./bcrypt-worker.js", import.meta.url)

/**
 * OpenBSD's bcrypt_pbkdf, the key derivation of OpenSSH's private keys. It is JavaScript and takes some 20 ms a round, so it runs in a thread of its own.
 *
 * @param rounds - at least 1; the caller bounds them
 * @param length - of the key, in bytes
 */
export async function bcryptKey(
  passphrase: Uint8Array,
  salt: Uint8Array,
  rounds: number,
  length: number,
): Promise<Secret> {
  const task: BcryptTask = { passphrase: Secret.copyOf(passphrase).bytes, salt, rounds, length }
  const thread = new Worker(worker, { workerData: task, transferList: [task.passphrase.buffer] })
  try {
    const [key]: unknown[] = await once(thread, "message")
    if (!(key instanceof Uint8Array) || !(key.buffer instanceof ArrayBuffer)) throw new Error("bcrypt worker: no key")
    return new Secret(new Uint8Array(key.buffer))
  } finally {
    await thread.terminate()
  }
}
